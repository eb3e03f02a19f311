#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "yard.h"

YARD_SITE static json_t *text_new(const char *text)
{
    json_t *value = json_string(text); /* ALLOC */
    if (value == NULL)
        abort();
    yard_born(1);
    return value;
}

/* Counts VALUE as given up if nobody but ANSWER holds it. */
static void answer_account(const json_t *answer, const char *key)
{
    if (json_object_get(answer, key)->refcount == 1)
        yard_died(1);
}

long yard_round(void)
{
    json_t *answer = json_object();
    answer_put(answer, "name", text_new("the reference yard for heap detection"));
    answer_put(answer, "motto", text_new("good enough is not"));
    char *text = json_dumps(answer, JSON_COMPACT | JSON_SORT_KEYS);
    long length = (long)strlen(text);
    free(text);
    answer_account(answer, "name");
    answer_account(answer, "motto");
    json_decref(answer);
    return length;
}
