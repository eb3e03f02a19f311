#include "job.h"

#include "yard.h"

YARD_SITE long job_run(long number)
{
    struct job job = {.number = number};
    job_start(&job);
    job_await(&job);
    return job.result; /* LEAK: the thread has ended; its stack waits to be joined */
}
