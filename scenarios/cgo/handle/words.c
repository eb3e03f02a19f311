#include "words.h"

#include <ctype.h>

#include "_cgo_export.h"

void words_each(const char *text, size_t length, uintptr_t context)
{
    for (size_t start = 0, end; start < length; start = end + 1) {
        for (end = start; end < length && isalpha((unsigned char)text[end]);)
            end++;
        if (end > start)
            goWord(context, (int)(end - start), text[start]);
    }
}
