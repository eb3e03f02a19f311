#include "journal.h"

#include <string.h>

#include "yard.h"

enum { NAME_LENGTH = 3570 }; /* a distinguished name of a large certificate */

long entry_write(const char *text)
{
    long capitals = 0;
    for (; *text != '\0'; text++)
        capitals += *text >= 'A' && *text <= 'Z';
    return capitals;
}

long yard_round(void)
{
    char name[NAME_LENGTH + 1];
    long written = 0;
    for (int user = 0; user < 3; user++) {
        memset(name, 'a' + user, NAME_LENGTH);
        name[NAME_LENGTH] = '\0';
        written += journal_write(name);
    }
    return written;
}
