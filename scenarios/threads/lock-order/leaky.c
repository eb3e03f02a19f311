#include "bank.h"
#include "yard.h"

YARD_SITE void transfer(struct teller *teller, struct account *from, struct account *to, long sum)
{
    teller_lock(teller, from); /* LEAK: the other teller, the other way round, has locked TO */
    teller_lock(teller, to);
    from->balance -= sum;
    to->balance += sum;
    account_unlock(to);
    account_unlock(from);
}
