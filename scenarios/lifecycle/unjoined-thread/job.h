/* A job in a thread of its own. */
#pragma once

#include <pthread.h>
#include <semaphore.h>

struct job {
    long number, result;
    sem_t done;
    pthread_t thread;
    int kernel_thread;
};

void job_start(struct job *job);
/* Until its result is there and its thread has left. */
void job_await(struct job *job);
void job_join(struct job *job);

/* The result of job NUMBER. */
long job_run(long number);
