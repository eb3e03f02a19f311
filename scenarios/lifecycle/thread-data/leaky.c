#include "formatter.h"

#include <stddef.h>

#include "yard.h"

YARD_SITE void formatter_init(void)
{
    buffer_key_create(NULL); /* LEAK: without a destructor a thread's buffer outlives the thread */
}
