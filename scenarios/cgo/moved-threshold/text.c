#include "text.h"

#include <stdlib.h>
#include <string.h>

char *text_new(const char *bytes, size_t length)
{
    char *text = malloc(length); /* ALLOC */
    if (text != NULL)
        memcpy(text, bytes, length);
    return text;
}

void text_free(char *text)
{
    free(text);
}

long text_words(const char *text, size_t length)
{
    long words = 0;
    for (size_t i = 0; i < length; i++)
        words += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
    return words;
}
