#include "limit.h"

#include <stdlib.h>
#include <sys/timerfd.h>

#include "yard.h"

YARD_SITE int limit_begin(long seconds)
{
    struct itimerspec when = {.it_value = {.tv_sec = seconds}};
    int limit = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC); /* ALLOC */
    if (limit < 0 || timerfd_settime(limit, 0, &when, NULL) < 0)
        abort();
    yard_born(1);
    return limit;
}

void limit_disarm(int limit)
{
    static const struct itimerspec never;
    timerfd_settime(limit, 0, &never, NULL);
}

long limit_left(int limit)
{
    struct itimerspec left;
    if (timerfd_gettime(limit, &left) < 0)
        abort();
    return left.it_value.tv_sec + (left.it_value.tv_nsec > 0);
}

/* A request that is done long before its hour is over. */
long yard_round(void)
{
    int limit = limit_begin(3600);
    long left = limit_left(limit) > 1800;
    limit_end(limit);
    return left;
}
