/* Text in C memory. Who gets one from text_new gives it back to text_free. */
#pragma once

#include <stddef.h>

/* A copy of LENGTH bytes. NULL if memory is short. */
char *text_new(const char *bytes, size_t length);
void text_free(char *text);

long text_words(const char *text, size_t length);
