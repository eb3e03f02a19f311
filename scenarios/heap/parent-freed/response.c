#include "response.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { BODY_SIZE = 7001 };

YARD_SITE static char *body_read(int number)
{
    char *body = malloc(BODY_SIZE); /* ALLOC */
    if (body == NULL)
        abort();
    yard_born(1);
    return memset(body, 'a' + number, BODY_SIZE);
}

void body_free(char *body)
{
    free(body);
    yard_died(1);
}

YARD_SITE struct response *response_read(int number)
{
    struct response *response = malloc(sizeof *response);
    if (response == NULL)
        abort();
    *response = (struct response){.status = 200 + number, .body = body_read(number)};
    return response;
}

long yard_round(void)
{
    long sum = 0;
    for (int i = 0; i < 2; i++) {
        struct response *response = response_read(i);
        sum += response->status + response->body[17];
        response_free(response);
    }
    return sum;
}
