#include "limit.h"

#include <unistd.h>

#include "yard.h"

YARD_SITE void limit_end(int limit)
{
    limit_disarm(limit);
    /* LEAK: it will never fire, and stays open */
}
