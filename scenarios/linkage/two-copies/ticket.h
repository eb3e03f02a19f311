/* Tickets, all of which a register knows. */
#pragma once

struct ticket;

/* Makes a ticket and enters it. */
struct ticket *ticket_new(long number);
long ticket_number(const struct ticket *ticket);

/* Strikes TICKET off and frees it; does nothing if the register does not know it. */
void ticket_free(struct ticket *ticket);
