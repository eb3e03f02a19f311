#include "upload.h"

#include "yard.h"

YARD_SITE long upload_check(const char *piece, int pieces)
{
    struct buffer buffer = {0};
    for (int i = 0; i < pieces; i++)
        buffer_append(&buffer, piece, PIECE);
    long sum = buffer_sum(&buffer);
    buffer_clear(&buffer); /* FIX: give its bytes back */
    return sum;
}
