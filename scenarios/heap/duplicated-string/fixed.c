#include "journal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

YARD_SITE static char *upper(const char *text)
{
    char *copy = strdup(text); /* ALLOC */
    if (copy == NULL)
        abort();
    yard_born(1);
    for (char *at = copy; *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    return copy;
}

YARD_SITE long journal_write(const char *subject)
{
    char *copy = upper(subject);
    long written = entry_write(copy);
    free(copy); /* FIX: give the copy a name, and free it */
    yard_died(1);
    return written;
}
