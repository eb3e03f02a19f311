#include "response.h"

#include <stdlib.h>

#include "yard.h"

YARD_SITE void response_free(struct response *response)
{
    free(response); /* LEAK: its body's only pointer goes with it */
}
