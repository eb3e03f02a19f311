#include <stdlib.h>
#include <string.h>

#include "upload.h"
#include "yard.h"

/* One byte more than its content, for a NUL. */
YARD_SITE void buffer_append(struct buffer *buffer, const char *bytes, size_t length)
{
    char *grown = realloc(buffer->bytes, buffer->length + length + 1); /* ALLOC */
    if (grown == NULL)
        abort();
    if (buffer->bytes == NULL)
        yard_born(1);
    memcpy(grown + buffer->length, bytes, length);
    buffer->bytes = grown;
    buffer->length += length;
    grown[buffer->length] = '\0';
}

long buffer_sum(const struct buffer *buffer)
{
    long sum = 0;
    for (size_t i = 0; i < buffer->length; i++)
        sum += buffer->bytes[i];
    return sum;
}

void buffer_clear(struct buffer *buffer)
{
    free(buffer->bytes);
    yard_died(1);
    *buffer = (struct buffer){0};
}

long yard_round(void)
{
    char piece[PIECE];
    memset(piece, 'u', sizeof piece);
    return upload_check(piece, 3);
}
