/* Jobs that wait to be done. */
#pragma once

enum { QUEUE_MOST = 4 };

struct job;
struct queue {
    struct job *first, **end;
    int length;
    long done;
};

void queue_append(struct queue *queue, long number);
/* Does the first job, if there is one. */
void queue_do_one(struct queue *queue);

/* 1 if the job was taken. */
long queue_accept(struct queue *queue, long number);
