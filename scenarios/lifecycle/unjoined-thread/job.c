#include "job.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "yard.h"

enum { STACK_SIZE = 1024 * 1024 };

static void *work(void *data)
{
    struct job *job = data;
    job->kernel_thread = gettid();
    job->result = job->number * job->number;
    sem_post(&job->done);
    return NULL;
}

YARD_SITE void job_start(struct job *job)
{
    pthread_attr_t modest;
    if (pthread_attr_init(&modest) != 0 || sem_init(&job->done, 0, 0) != 0)
        abort();
    pthread_attr_setstacksize(&modest, STACK_SIZE);
    if (pthread_create(&job->thread, &modest, work, job) != 0) /* ALLOC */
        abort();
    pthread_attr_destroy(&modest);
    yard_born(1);
}

void job_await(struct job *job)
{
    while (sem_wait(&job->done) != 0)
        continue;
    while (tgkill(getpid(), job->kernel_thread, 0) == 0)
        sched_yield();
}

/* The C library keeps the stacks of some joined threads for the next ones. */
void job_join(struct job *job)
{
    pthread_join(job->thread, NULL);
    yard_died(1);
    sem_destroy(&job->done);
}

long yard_round(void)
{
    static long number;
    return job_run(++number % 100);
}
