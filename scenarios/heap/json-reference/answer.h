/* Answers of a service, in JSON. */
#pragma once

#include <jansson.h>

/* Puts VALUE, whose reference is handed over, into ANSWER. */
void answer_put(json_t *answer, const char *key, json_t *value);
