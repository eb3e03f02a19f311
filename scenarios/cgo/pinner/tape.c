#include "tape.h"

static struct {
    const unsigned char *bytes;
    size_t length;
} waiting[TAPE_BLOCKS];
static int count;

int tape_put(const void *block, size_t length)
{
    if (count == TAPE_BLOCKS)
        return -1;
    waiting[count].bytes = block;
    waiting[count].length = length;
    count++;
    return 0;
}

long tape_write(void)
{
    long sum = 0;
    while (count > 0) {
        count--;
        for (size_t i = 0; i < waiting[count].length; i++)
            sum = (sum * 31 + waiting[count].bytes[i]) % 1000003;
        waiting[count].bytes = NULL;
    }
    return sum;
}
