/* A bank account. */
#pragma once

#include <pthread.h>
#include <semaphore.h>

struct account {
    pthread_mutex_t lock;
    long balance, fees;
    const char *note;
    sem_t reported; /* a worker waits for the lock, or has done its work */
    int contended;  /* how often somebody had to wait */
};

void account_lock(struct account *account);
void account_unlock(struct account *account);

/* Locks the account. */
void account_note(struct account *account, const char *note);

void account_settle(struct account *account);
