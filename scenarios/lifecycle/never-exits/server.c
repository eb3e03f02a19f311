#include "server.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { BODY_SIZE = 4657 };

YARD_SITE char *body_read(long length)
{
    char *body = malloc(BODY_SIZE); /* ALLOC */
    if (body == NULL)
        abort();
    yard_born(1);
    memset(body, '\0', BODY_SIZE);
    for (long i = 0; i < length; i++)
        body[i] = "workyard"[i % 8];
    return body;
}

long body_vowels(const char *body)
{
    long vowels = 0;
    for (; *body != '\0'; body++)
        vowels += strchr("aeiou", *body) != NULL;
    return vowels;
}

void body_free(char *body)
{
    free(body);
    yard_died(1);
}

long yard_round(void)
{
    return serve(800) + serve(1600) + serve(64);
}
