#include "inbox.h"

#include <string.h>

const char *const inbox[] = {
    "M-1041 2024-02-29 112 98 87 90 131 240",
    "M-1042 2024-02-29 311 305 n/a 290 288 301", /* its clock battery is empty */
    "M-1043 2024-02-29 12 11 11 12 15 19",
    "M-9999 2024-02-29 70 71 70 73 70 74", /* nobody's meter */
    "M-1044 2024-02-29 501 498 477 --- --- ---",
    "M-1045 2024-02-29 60 58 57 61 77 103",
    "M-1046 29-2-24 60 58 57 61 77 103", /* a date of its own */
    "M-1047 2024-02-29 81 80 8O 83 90 97",
    "M-1048 2024-02-29 204 199 187 192 230 275",
    "M-1049 2024-02-29 45 44 44 47 1,2 66",
    "M-1050 2024-02-29 33 31 30 35 41 52",
};
const size_t inbox_length = sizeof inbox / sizeof *inbox;

bool inbox_knows_meter(const char *meter)
{
    return strncmp(meter, "M-10", 4) == 0;
}
