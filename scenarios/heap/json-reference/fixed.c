#include "answer.h"

#include <jansson.h>

#include "yard.h"

YARD_SITE void answer_put(json_t *answer, const char *key, json_t *value)
{
    json_object_set_new(answer, key, value); /* FIX: this one takes ours over */
}
