#include "handle.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

YARD_SITE struct handle *handle_new(int number)
{
    struct handle *handle = malloc(sizeof *handle); /* ALLOC */
    if (handle == NULL)
        abort();
    yard_born(1);
    handle->references = 0;
    memset(handle->state, number, sizeof handle->state);
    return handle;
}

void handle_destroy(struct handle *handle)
{
    free(handle);
    yard_died(1);
}
