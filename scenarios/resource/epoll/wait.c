#include "wait.h"

#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "yard.h"

YARD_SITE int set_new(int source)
{
    struct epoll_event wanted = {.events = EPOLLIN};
    int set = epoll_create1(EPOLL_CLOEXEC); /* ALLOC */
    if (set < 0 || epoll_ctl(set, EPOLL_CTL_ADD, source, &wanted) < 0)
        abort();
    yard_born(1);
    return set;
}

long set_wait(int set)
{
    struct epoll_event event;
    return epoll_wait(set, &event, 1, -1);
}

/* An answer that is there at once. */
long yard_round(void)
{
    int source = eventfd(1, EFD_CLOEXEC);
    if (source < 0)
        abort();
    long ready = wait_readable(source);
    close(source);
    return ready;
}
