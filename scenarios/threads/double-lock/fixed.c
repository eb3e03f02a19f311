#include "account.h"

#include "yard.h"

YARD_SITE void account_settle(struct account *account)
{
    account_lock(account);
    account->balance -= account->fees;
    account->fees = 0;
    account_unlock(account);
    account_note(account, "settled"); /* FIX: not while we hold the lock that it takes */
}
