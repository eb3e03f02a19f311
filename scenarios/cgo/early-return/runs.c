#include "runs.h"

long runs_pack(unsigned char *to, size_t room, const unsigned char *from, size_t length)
{
    size_t used = 0;
    for (size_t start = 0, end; start < length; start = end) {
        for (end = start + 1; end < length && from[end] == from[start] && end - start < 255;)
            end++;
        if (used + 2 > room)
            return -1;
        to[used++] = (unsigned char)(end - start);
        to[used++] = from[start];
    }
    return (long)used;
}
