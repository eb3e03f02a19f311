#include "filter.h"
#include "yard.h"

long yard_round(void)
{
    return filter_hits("please sell 300 of mine");
}
