#include "filter.h"

#include <regex.h>
#include <stdlib.h>

#include "yard.h"

YARD_SITE long filter_hits(const char *message)
{
    regex_t pattern;
    if (regcomp(&pattern, "(buy|sell) [0-9]+", REG_EXTENDED) != 0) /* ALLOC */
        abort();
    yard_born(1);
    regmatch_t *match = calloc(1 + pattern.re_nsub, sizeof *match);
    long hits = match != NULL && regexec(&pattern, message, 1, match, 0) == 0;
    free(match);
    regfree(&pattern); /* FIX: what was compiled is freed, by the library's own function */
    yard_died(1);
    return hits;
}
