#include "upload.h"

#include "yard.h"

YARD_SITE long upload_check(const char *piece, int pieces)
{
    struct buffer buffer = {0};
    for (int i = 0; i < pieces; i++)
        buffer_append(&buffer, piece, PIECE);
    long sum = buffer_sum(&buffer);
    return sum; /* LEAK: the buffer's struct is on the stack, its bytes are not */
}
