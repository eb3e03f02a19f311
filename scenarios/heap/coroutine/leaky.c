#include "settings.h"

#include <stddef.h>

#include "yard.h"

YARD_SITE void read_lines(const char *text)
{
    struct line *line;
    while ((line = line_copy(&text)) != NULL) {
        if (line->comment)
            continue; /* LEAK: who gets the lines frees them, and nobody gets this one */
        yield(line);
    }
}
