#include "ring.h"
#include "yard.h"

YARD_SITE void ring_drop(struct track *first)
{
    struct track *track = first->next;
    while (track != first) {
        struct track *next = track->next;
        track_free(track);
        track = next;
    }
    track_free(first); /* FIX: walk until the ring closes */
}
