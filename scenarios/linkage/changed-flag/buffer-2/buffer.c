#include "buffer.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

struct buffer {
    char *bytes;
    long length;
    enum buffer_mode mode;
};

YARD_SITE char *bytes_new(int letter, long length)
{
    char *bytes = malloc((size_t)length); /* ALLOC */
    if (bytes == NULL)
        abort();
    yard_born(1);
    return memset(bytes, letter, (size_t)length);
}

struct buffer *buffer_new(char *bytes, long length, enum buffer_mode mode)
{
    struct buffer *buffer = malloc(sizeof *buffer);
    if (buffer == NULL)
        abort();
    *buffer = (struct buffer){.bytes = bytes, .length = length, .mode = mode};
    if (mode == BUFFER_COPIES) {
        buffer->bytes = bytes_new(0, length);
        memcpy(buffer->bytes, bytes, (size_t)length);
    }
    return buffer;
}

long buffer_sum(const struct buffer *buffer)
{
    long sum = 0;
    for (long i = 0; i < buffer->length; i++)
        sum += buffer->bytes[i];
    return sum;
}

void buffer_free(struct buffer *buffer)
{
    if (buffer->mode != BUFFER_BORROWS) {
        free(buffer->bytes);
        yard_died(1);
    }
    free(buffer);
}
