#include "queue.h"
#include "yard.h"

YARD_SITE long queue_accept(struct queue *queue, long number)
{
    queue_append(queue, number); /* LEAK: accepted, however many wait */
    return 1;
}
