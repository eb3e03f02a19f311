#include "answer.h"

#include <jansson.h>

#include "yard.h"

YARD_SITE void answer_put(json_t *answer, const char *key, json_t *value)
{
    json_object_set(answer, key, value); /* LEAK: it took a reference of its own; ours remains */
}
