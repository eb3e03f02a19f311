#include "match.h"
#include "yard.h"

long yard_round(void)
{
    return match_count("/proc/self/stat*") + match_count("/proc/self/nothing-like-this*");
}
