#include "response.h"

#include <stdlib.h>

#include "yard.h"

YARD_SITE void response_free(struct response *response)
{
    body_free(response->body); /* FIX: first what it owns, then itself */
    free(response);
}
