#include "settings.h"

#include <stddef.h>

#include "yard.h"

YARD_SITE void read_lines(const char *text)
{
    struct line *line;
    while ((line = line_copy(&text)) != NULL) {
        if (line->comment) {
            line_free(line); /* FIX: what is not handed over is freed here */
            continue;
        }
        yield(line);
    }
}
