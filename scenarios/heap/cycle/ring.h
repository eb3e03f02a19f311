/* A playlist that starts again when it is over: its entries form a ring. */
#pragma once

struct track {
    struct track *next;
    long seconds;
    char title[2336];
};

struct track *track_new(long seconds);
void track_free(struct track *track);

/* Gives up the whole ring. */
void ring_drop(struct track *first);
