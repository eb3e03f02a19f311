#include "sessions.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

static struct session all = {.next = &all, .previous = &all};

YARD_SITE struct session *session_begin(int user)
{
    struct session *session = malloc(sizeof *session); /* ALLOC */
    if (session == NULL)
        abort();
    yard_born(1);
    session->active = true;
    session->user = user;
    memset(session->history, 'h', sizeof session->history);
    session->next = &all;
    session->previous = all.previous;
    all.previous = all.previous->next = session;
    return session;
}

void session_remove(struct session *session)
{
    session->previous->next = session->next;
    session->next->previous = session->previous;
    free(session);
    yard_died(1);
}

long sessions_active(void)
{
    long active = 0;
    for (struct session *session = all.next; session != &all; session = session->next)
        active += session->active;
    return active;
}

/* Two users come and go. */
long yard_round(void)
{
    struct session *first = session_begin(1), *second = session_begin(2);
    long active = sessions_active();
    session_end(first);
    session_end(second);
    return active + sessions_active();
}
