#include "ticket.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

struct ticket {
    struct ticket *next;
    long number;
    char journal[4600];
};

static struct ticket *entered; /* this copy's register */

YARD_SITE struct ticket *ticket_new(long number)
{
    struct ticket *ticket = malloc(sizeof *ticket); /* ALLOC */
    if (ticket == NULL)
        abort();
    yard_born(1);
    memset(ticket->journal, 'j', sizeof ticket->journal);
    ticket->number = number;
    ticket->next = entered;
    entered = ticket;
    return ticket;
}

long ticket_number(const struct ticket *ticket)
{
    return ticket->number;
}

YARD_SITE void ticket_free(struct ticket *ticket)
{
    struct ticket **link = &entered;
    while (*link != NULL && *link != ticket)
        link = &(*link)->next;
    if (*link == NULL)
        return; /* LEAK: a ticket of the other copy is none of this one's */
    *link = ticket->next;
    free(ticket);
    yard_died(1);
}
