#include "words.h"

#include <search.h>
#include <stddef.h>

#include "yard.h"

YARD_SITE void index_drop(void *root)
{
    tdestroy(root, word_free); /* FIX: the tree calls this for each word */
}
