#include "server.h"

#include "yard.h"

YARD_SITE long serve(long length)
{
    char *body = body_read(length);
    long vowels = body_vowels(body);
    body_free(body); /* FIX: the body goes when the answer is out */
    return vowels;
}
