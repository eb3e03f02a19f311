#include <stdlib.h>

#include "account.h"
#include "yard.h"

enum { STACK_SIZE = 64 * 1024 };

static void *work(void *data)
{
    struct account *account = data;
    account_settle(account);
    sem_post(&account->reported);
    return NULL;
}

static struct account *account_new(long balance)
{
    struct account *account = calloc(1, sizeof *account);
    if (account == NULL)
        abort();
    pthread_mutex_init(&account->lock, NULL);
    sem_init(&account->reported, 0, 0);
    account->balance = balance;
    account->fees = 3;
    return account;
}

YARD_SITE static pthread_t worker_start(struct account *account)
{
    pthread_t worker;
    pthread_attr_t modest;
    if (pthread_attr_init(&modest) != 0)
        abort();
    pthread_attr_setstacksize(&modest, STACK_SIZE);
    if (pthread_create(&worker, &modest, work, account) != 0) /* ALLOC */
        abort();
    pthread_attr_destroy(&modest);
    yard_born(1);
    return worker;
}

/* The bank goes on when a worker has done its work, or waits for its turn. */
long yard_round(void)
{
    struct account *account = account_new(1000);
    pthread_t worker = worker_start(account);
    while (sem_wait(&account->reported) != 0)
        continue;
    long balance = account->balance;
    if (account->contended > 0)
        return balance;
    pthread_join(worker, NULL);
    yard_died(1);
    free(account);
    return balance;
}
