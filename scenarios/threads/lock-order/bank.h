/* Accounts, and tellers that are threads. */
#pragma once

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>

struct account {
    int number;
    long balance;
    pthread_mutex_t lock;
};

struct teller {
    struct account *from, *to;
    struct teller *other;
    int locks;      /* taken so far */
    bool waits;     /* for its second one */
    sem_t arrived;  /* has its first lock, or waits for it */
    sem_t reported; /* has done its work, or waits for its second lock */
    pthread_t thread;
};

/* Locks ACCOUNT; the status board shows who waits. */
void teller_lock(struct teller *teller, struct account *account);
void account_unlock(struct account *account);

void transfer(struct teller *teller, struct account *from, struct account *to, long sum);
