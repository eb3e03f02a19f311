#include "framework.h"

#include "yard.h"

YARD_SITE long framework_finish(struct ticket *ticket)
{
    long number = ticket_number(ticket);
    ticket_free(ticket);
    return number;
}
