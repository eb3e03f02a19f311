#include "account.h"

#include "yard.h"

/* Counts how often a lock is not free, for the statistics. */
void account_lock(struct account *account)
{
    if (pthread_mutex_trylock(&account->lock) == 0)
        return;
    account->contended++;
    sem_post(&account->reported);
    pthread_mutex_lock(&account->lock);
}

void account_unlock(struct account *account)
{
    pthread_mutex_unlock(&account->lock);
}

YARD_SITE void account_note(struct account *account, const char *note)
{
    account_lock(account);
    account->note = note;
    account_unlock(account);
}
