#include "decoder.h"

#include <stddef.h>

#include "yard.h"

YARD_SITE long decode(const char *packet)
{
    struct frame *frame = frame_new(packet);
    long brightness = frame_brightness(frame);
    frame_free(frame); /* FIX: free first, forget then */
    frame = NULL;
    return brightness;
}
