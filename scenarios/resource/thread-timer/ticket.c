#include "ticket.h"

#include <signal.h>
#include <stdlib.h>

#include "yard.h"

struct ticket desk[PLACES];

static void ticket_end(union sigval place)
{
    desk[place.sival_int].secret = 0;
}

YARD_SITE int ticket_issue(long secret)
{
    int place = 0;
    while (place < PLACES && desk[place].secret != 0)
        place++;
    if (place == PLACES)
        return -1;
    struct sigevent call = {.sigev_notify = SIGEV_THREAD,
                            .sigev_notify_function = ticket_end,
                            .sigev_value = {.sival_int = place}};
    struct itimerspec hour = {.it_value = {.tv_sec = 3600}};
    if (timer_create(CLOCK_MONOTONIC, &call, &desk[place].end) != 0 || /* ALLOC */
        timer_settime(desk[place].end, 0, &hour, NULL) != 0)
        abort();
    yard_born(1);
    desk[place].secret = secret;
    return place;
}

long yard_round(void)
{
    static long secret = 4711;
    secret = secret * 75 % 65537;
    int place = ticket_issue(secret);
    return ticket_use(place, secret) ? secret : -1;
}
