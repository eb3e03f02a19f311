#include "decoder.h"

#include <stddef.h>

#include "yard.h"

YARD_SITE long decode(const char *packet)
{
    struct frame *frame = frame_new(packet);
    long brightness = frame_brightness(frame);
    frame = NULL; /* LEAK: "so that nobody uses it any more", before it is freed */
    frame_free(frame);
    return brightness;
}
