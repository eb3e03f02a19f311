#include "framework.h"

#include "yard.h"

YARD_SITE long framework_finish(struct handle *handle)
{
    long state = handle->state[sizeof handle->state - 1];
    handle_put(handle); /* LEAK: the old macro waits for 0, and it goes from 0 to -1 */
    return state;
}
