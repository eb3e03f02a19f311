#include "ticket.h"

#include "yard.h"

YARD_SITE bool ticket_use(int place, long secret)
{
    struct ticket *ticket = &desk[place];
    if (ticket->secret != secret)
        return false;
    timer_delete(ticket->end); /* FIX: nobody is to call about it any more */
    yard_died(1);
    ticket->secret = 0;
    return true;
}
