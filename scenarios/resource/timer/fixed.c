#include "limit.h"

#include <unistd.h>

#include "yard.h"

YARD_SITE void limit_end(int limit)
{
    limit_disarm(limit);
    close(limit); /* FIX: closing disarms and gives it back */
    yard_died(1);
}
