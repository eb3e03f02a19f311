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
    return count; /* LEAK: the struct is on the stack, its paths are not */
}
