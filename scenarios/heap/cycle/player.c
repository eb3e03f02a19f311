#include "ring.h"

#include <stdio.h>
#include <stdlib.h>

#include "yard.h"

enum { TRACKS = 5 };

YARD_SITE struct track *track_new(long seconds)
{
    struct track *track = malloc(sizeof *track); /* ALLOC */
    if (track == NULL)
        abort();
    yard_born(1);
    track->next = track;
    track->seconds = seconds;
    snprintf(track->title, sizeof track->title, "track of %ld s", seconds);
    return track;
}

void track_free(struct track *track)
{
    free(track);
    yard_died(1);
}

static struct track *ring_new(void)
{
    struct track *first = track_new(180);
    for (long i = 1; i < TRACKS; i++) {
        struct track *track = track_new(180 + 17 * i);
        track->next = first->next;
        first->next = track;
    }
    return first;
}

/* Plays a list twice over. */
long yard_round(void)
{
    struct track *first = ring_new(), *track = first;
    long played = 0;
    for (int i = 0; i < 2 * TRACKS; i++, track = track->next)
        played += track->seconds;
    ring_drop(first);
    return played;
}
