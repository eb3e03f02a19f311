/* Pictures of a video, one by one. */
#pragma once

struct frame;

struct frame *frame_new(const char *packet);
long frame_brightness(const struct frame *frame);

/* NULL is no frame, and fine. */
void frame_free(struct frame *frame);

/* How bright the picture in PACKET is. */
long decode(const char *packet);
