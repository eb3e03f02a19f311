#include "job.h"

#include "yard.h"

YARD_SITE long job_run(long number)
{
    struct job job = {.number = number};
    job_start(&job);
    job_await(&job);
    job_join(&job); /* FIX: joining gives its stack back */
    return job.result;
}
