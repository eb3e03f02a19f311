/*
 * The group B: its workers pass each change on to the one that owns its key, queue it
 * there, and check what is queued when a timer fires. Here the group is one process, and
 * the timer fires once a round, before new changes come.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "change.pb-c.h"
#include "gateway.h"
#include "ring.h"
#include "rpc.h"
#include "yard.h"

enum { WORKERS = 3, QUEUE_MOST = 50, CHANGES = 50 };

struct worker {
    int near, far; /* the ends of the connection over which others reach it */
    struct item queue[QUEUE_MOST];
    int queue_length;
};

static struct worker workers[WORKERS];
static int gateway;
static pid_t gateway_process;

static void connect_both(int *near, int *far)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        abort();
    *near = ends[0];
    *far = ends[1];
}

void yard_start(void)
{
    int end;
    connect_both(&gateway, &end);
    gateway_process = fork();
    if (gateway_process < 0)
        abort();
    if (gateway_process == 0) {
        close(gateway);
        gateway_serve(end);
    }
    close(end);
    ring_make(WORKERS);
    for (int i = 0; i < WORKERS; i++)
        connect_both(&workers[i].near, &workers[i].far);
}

static Change *receive(int wire)
{
    Change *change = (Change *)rpc_receive(wire, &change__descriptor);
    if (change == NULL)
        abort();
    return change;
}

/* CHANGE as its owner gets it, who is *WORKER from now on. */
static Change *forward(Change *change, struct worker **worker)
{
    if (!yard_stage("forward"))
        return change;
    *worker = &workers[ring_owner(change->key)];
    rpc_send((*worker)->near, &change->base);
    change__free_unpacked(change, NULL);
    return receive((*worker)->far);
}

/* 0 is what an item that nobody looked at is worth. */
static long check(const struct item *item)
{
    return yard_stage("check") ? rpc_check(item) : 0;
}

static void give_up(struct item *item)
{
    if (yard_stage("free"))
        rpc_free(item);
    else
        item_clear(item);
    *item = (struct item){0};
}

static long finish(struct item *item)
{
    long sum = check(item);
    give_up(item);
    return sum;
}

/* Returns what there is to say of ITEM already: without a queue, all. */
static long enqueue(struct worker *worker, struct item *item)
{
    if (!yard_stage("queue"))
        return finish(item);
    if (worker->queue_length == QUEUE_MOST)
        abort();
    worker->queue[worker->queue_length++] = *item;
    *item = (struct item){0};
    return 0;
}

YARD_SITE static long take(struct worker *worker)
{
    struct item item;
    Change *change = forward(receive(gateway), &worker);
    item_init(&item, change->key, change->content);
    change__free_unpacked(change, NULL);
    return enqueue(worker, &item);
}

static long tick(void)
{
    long sum = 0;
    for (struct worker *worker = workers; worker < workers + WORKERS; worker++)
        while (worker->queue_length > 0)
            sum += finish(&worker->queue[--worker->queue_length]);
    return sum;
}

long yard_round(void)
{
    Order order = ORDER__INIT;
    order.changes = CHANGES;
    rpc_send(gateway, &order.base);
    long sum = tick();
    for (int i = 0; i < CHANGES; i++)
        sum += take(&workers[0]);
    rpc_answered();
    return sum;
}

/* What is queued is worked off. */
void yard_stop(void)
{
    tick();
    rpc_answered();
    close(gateway);
    waitpid(gateway_process, NULL, 0);
}
