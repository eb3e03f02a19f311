#include "decoder.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

struct frame {
    unsigned char pixels[7919];
};

YARD_SITE struct frame *frame_new(const char *packet)
{
    struct frame *frame = malloc(sizeof *frame); /* ALLOC */
    if (frame == NULL)
        abort();
    yard_born(1);
    memset(frame->pixels, packet[0], sizeof frame->pixels);
    return frame;
}

long frame_brightness(const struct frame *frame)
{
    long sum = 0;
    for (size_t i = 0; i < sizeof frame->pixels; i++)
        sum += frame->pixels[i];
    return sum;
}

void frame_free(struct frame *frame)
{
    if (frame != NULL)
        yard_died(1);
    free(frame);
}

long yard_round(void)
{
    return decode("key frame");
}
