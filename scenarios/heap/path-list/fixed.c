#include "match.h"

#include <glob.h>
#include <stdlib.h>

#include "yard.h"

YARD_SITE long match_count(const char *pattern)
{
    glob_t paths;
    if (glob(pattern, GLOB_NOSORT, NULL, &paths) != 0) /* ALLOC */
        return 0;
    yard_born(1);
    long count = (long)paths.gl_pathc;
    globfree(&paths); /* FIX: the library frees what it filled in */
    yard_died(1);
    return count;
}
