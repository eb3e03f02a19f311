#include "account.h"

#include "yard.h"

YARD_SITE void account_settle(struct account *account)
{
    account_lock(account);
    account->balance -= account->fees;
    account->fees = 0;
    account_note(account, "settled"); /* LEAK: it locks the account, and we hold the lock */
    account_unlock(account);
}
