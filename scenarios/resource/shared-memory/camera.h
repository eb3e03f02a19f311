/* A camera driver hands over each frame in a shared segment of its own. */
#pragma once

/* The segment with the next frame. */
int camera_frame(int number);
/* Attaches it, and marks it to go with its last user. */
const unsigned char *frame_attach(int segment);
long frame_brightness(const unsigned char *frame);

long frame_import(int segment);
