#include "queue.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

struct job {
    struct job *next;
    long number;
    char payload[5136];
};

YARD_SITE void queue_append(struct queue *queue, long number)
{
    struct job *job = malloc(sizeof *job); /* ALLOC */
    if (job == NULL)
        abort();
    yard_born(1);
    job->next = NULL;
    job->number = number;
    memset(job->payload, 'p', sizeof job->payload);
    *queue->end = job;
    queue->end = &job->next;
    queue->length++;
}

void queue_do_one(struct queue *queue)
{
    struct job *job = queue->first;
    if (job == NULL)
        return;
    queue->first = job->next;
    if (queue->first == NULL)
        queue->end = &queue->first;
    queue->length--;
    queue->done++;
    free(job);
    yard_died(1);
}

static struct queue queue = {.end = &queue.first};

/* A second: three jobs come, two are done. */
long yard_round(void)
{
    static long number;
    long accepted = 0;
    for (int i = 0; i < 3; i++)
        accepted += queue_accept(&queue, number++);
    for (int i = 0; i < 2; i++)
        queue_do_one(&queue);
    return accepted;
}
