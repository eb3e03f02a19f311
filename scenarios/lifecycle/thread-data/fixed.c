#include "formatter.h"

#include <stddef.h>

#include "yard.h"

YARD_SITE void formatter_init(void)
{
    buffer_key_create(buffer_free); /* FIX: the key's destructor frees it when the thread ends */
}
