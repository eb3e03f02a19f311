#include "bank.h"

#include <stdlib.h>

#include "yard.h"

enum { STACK_SIZE = 64 * 1024, TELLERS = 2 };

static void await(sem_t *semaphore)
{
    while (sem_wait(semaphore) != 0)
        continue;
}

/* The tellers keep in step: nobody takes a second lock before both have come for a first. */
void teller_lock(struct teller *teller, struct account *account)
{
    bool first = teller->locks++ == 0;
    if (!first) {
        await(&teller->other->arrived);
        if (pthread_mutex_trylock(&account->lock) == 0)
            return;
        teller->waits = true;
        sem_post(&teller->reported);
        pthread_mutex_lock(&account->lock);
        return;
    }
    if (pthread_mutex_trylock(&account->lock) == 0) {
        sem_post(&teller->arrived);
        return;
    }
    sem_post(&teller->arrived);
    pthread_mutex_lock(&account->lock);
}

void account_unlock(struct account *account)
{
    pthread_mutex_unlock(&account->lock);
}

static void *serve(void *data)
{
    struct teller *teller = data;
    transfer(teller, teller->from, teller->to, 5);
    sem_post(&teller->reported);
    return NULL;
}

YARD_SITE static void teller_start(struct teller *teller)
{
    pthread_attr_t modest;
    if (pthread_attr_init(&modest) != 0)
        abort();
    pthread_attr_setstacksize(&modest, STACK_SIZE);
    if (pthread_create(&teller->thread, &modest, serve, teller) != 0) /* ALLOC */
        abort();
    pthread_attr_destroy(&modest);
    yard_born(1);
}

struct day {
    struct account accounts[2];
    struct teller tellers[TELLERS];
};

static struct day *day_new(void)
{
    struct day *day = calloc(1, sizeof *day);
    if (day == NULL)
        abort();
    for (int i = 0; i < 2; i++) {
        day->accounts[i] = (struct account){.number = i, .balance = 100};
        pthread_mutex_init(&day->accounts[i].lock, NULL);
    }
    for (int i = 0; i < TELLERS; i++) {
        struct teller *teller = &day->tellers[i];
        teller->from = &day->accounts[i];
        teller->to = &day->accounts[1 - i];
        teller->other = &day->tellers[1 - i];
        sem_init(&teller->arrived, 0, 0);
        sem_init(&teller->reported, 0, 0);
    }
    return day;
}

/* One transfer each way. They may wait for one another for a moment; if both wait, they
 * do for ever. The sum is the same in any case. */
long yard_round(void)
{
    struct day *day = day_new();
    bool stuck = true;
    for (int i = 0; i < TELLERS; i++)
        teller_start(&day->tellers[i]);
    for (int i = 0; i < TELLERS; i++) {
        await(&day->tellers[i].reported);
        stuck &= day->tellers[i].waits;
    }
    for (int i = 0; i < TELLERS && !stuck; i++) {
        pthread_join(day->tellers[i].thread, NULL);
        yard_died(1);
    }
    long sum = day->accounts[0].balance + day->accounts[1].balance;
    if (!stuck)
        free(day);
    return sum;
}
