#include "server.h"

#include "yard.h"

YARD_SITE long serve(long length)
{
    char *body = body_read(length);
    long vowels = body_vowels(body);
    return vowels; /* LEAK: the answer is out, the body stays */
}
