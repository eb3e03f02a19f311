#include "ticket.h"

#include "yard.h"

YARD_SITE bool ticket_use(int place, long secret)
{
    struct ticket *ticket = &desk[place];
    if (ticket->secret != secret)
        return false;
    ticket->secret = 0; /* LEAK: the place is free, its timer runs on */
    return true;
}
