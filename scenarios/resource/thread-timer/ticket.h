/* Tickets that let somebody in once, within the hour. A desk has a few places for them. */
#pragma once

#include <stdbool.h>
#include <time.h>

enum { PLACES = 4 };

struct ticket {
    long secret; /* 0: the place is free */
    timer_t end; /* calls ticket_end in a thread of its own */
};

/* Returns the place of a new ticket. */
int ticket_issue(long secret);

/* Lets in whoever knows the secret of the ticket at PLACE, which is then void. */
bool ticket_use(int place, long secret);

extern struct ticket desk[PLACES];
