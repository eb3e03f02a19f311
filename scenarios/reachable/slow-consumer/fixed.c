#include "queue.h"
#include "yard.h"

YARD_SITE long queue_accept(struct queue *queue, long number)
{
    if (queue->length >= QUEUE_MOST) /* FIX: when it is full, whoever brings a job does one */
        queue_do_one(queue);
    queue_append(queue, number);
    return 1;
}
