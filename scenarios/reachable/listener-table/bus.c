#include "bus.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

struct listener {
    struct listener *next;
    long *heard;
    char filter[2696];
};

static struct listener *listeners;

YARD_SITE struct listener *listener_add(long *heard)
{
    struct listener *listener = malloc(sizeof *listener); /* ALLOC */
    if (listener == NULL)
        abort();
    yard_born(1);
    memset(listener->filter, '*', sizeof listener->filter);
    listener->heard = heard;
    listener->next = listeners;
    listeners = listener;
    return listener;
}

void listener_remove(struct listener *listener)
{
    struct listener **link = &listeners;
    while (*link != listener)
        link = &(*link)->next;
    *link = listener->next;
    free(listener);
    yard_died(1);
}

void news_publish(long news)
{
    for (struct listener *at = listeners; at != NULL; at = at->next)
        *at->heard += news;
}
