#include "count.h"
#include "yard.h"

long yard_round(void)
{
    static const char *const files[] = {"/proc/self/maps-of-nobody", "/proc/loadavg",
                                        "/proc/version"};
    long sum = 0;
    for (unsigned i = 0; i < sizeof files / sizeof *files; i++)
        sum += count_lines(files[i]);
    return sum;
}
