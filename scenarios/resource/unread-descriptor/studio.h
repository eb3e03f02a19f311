/* A studio shows pictures to viewers: each gets a descriptor of a new one by socket. */
#pragma once

#include <stdbool.h>

enum { VIEWERS = 3 };

struct viewer {
    int studio, home; /* the two ends of the viewer's socket */
    bool muted;       /* looks at nothing for now */
};

extern struct viewer viewers[VIEWERS];

/* Sends PICTURE, a descriptor that stays the caller's. */
void viewer_send(const struct viewer *viewer, int picture);

/* Shows PICTURE, a descriptor that stays the caller's. */
void studio_show(int picture);
