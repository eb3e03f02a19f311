#include "support/go_version.h"

#include <glib.h>
#include <string.h>

/* Behind the "go" of "go1.26.8" or "devel go1.28-1a2b3c …". */
static const char *version_start(const char *text)
{
    const char *word = strstr(text, "go");
    return word ? word + strlen("go") : text;
}

int go_version_compare(const char *first, const char *second)
{
    first = version_start(first);
    second = version_start(second);
    while (*first != '\0' || *second != '\0') {
        char *first_end, *second_end;
        guint64 a = g_ascii_strtoull(first, &first_end, 10);
        guint64 b = g_ascii_strtoull(second, &second_end, 10);
        if (a != b)
            return a < b ? -1 : 1;
        if (first == first_end && second == second_end)
            return strcmp(first, second);
        first = *first_end == '.' ? first_end + 1 : first_end;
        second = *second_end == '.' ? second_end + 1 : second_end;
    }
    return 0;
}
