#include "bank.h"
#include "yard.h"

YARD_SITE void transfer(struct teller *teller, struct account *from, struct account *to, long sum)
{
    bool in_order = from->number < to->number;
    teller_lock(teller, in_order ? from : to); /* FIX: everybody takes the lower number first */
    teller_lock(teller, in_order ? to : from);
    from->balance -= sum;
    to->balance += sum;
    account_unlock(to);
    account_unlock(from);
}
