/* Splits text into words. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Calls goWord with CONTEXT for each word of TEXT, before it returns. */
void words_each(const char *text, size_t length, uintptr_t context);
