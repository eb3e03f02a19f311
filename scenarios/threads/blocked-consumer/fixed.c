/* Serves the first page of a table. Each query is a thread that streams its rows. */
#include <pthread.h>
#include <stdlib.h>

#include "channel.h"
#include "yard.h"

enum { PAGE_ROWS = 5, TABLE_ROWS = 40, STACK_SIZE = 64 * 1024 };

struct query {
    struct channel rows;
    pthread_t thread;
};

static void *query_stream(void *data)
{
    struct query *query = data;
    for (long id = 1; id <= TABLE_ROWS; id++) {
        if (!channel_write(&query->rows, id * id))
            break;
    }
    channel_close(&query->rows);
    return NULL;
}

YARD_SITE static struct query *query_start(void)
{
    struct query *query = malloc(sizeof *query);
    pthread_attr_t modest;
    if (query == NULL || pthread_attr_init(&modest) != 0)
        abort();
    channel_init(&query->rows);
    pthread_attr_setstacksize(&modest, STACK_SIZE);
    if (pthread_create(&query->thread, &modest, query_stream, query) != 0) /* ALLOC */
        abort();
    pthread_attr_destroy(&modest);
    yard_born(1);
    return query;
}

/* Waits for the thread, which ends when its rows or its channel do. */
static void query_finish(struct query *query)
{
    pthread_join(query->thread, NULL);
    yard_died(1);
    channel_destroy(&query->rows);
    free(query);
}

/* Sums the rows of the first page; adds 1 if there are more to come. */
YARD_SITE static long first_page(void)
{
    struct query *query = query_start();
    long sum = 0, row;
    for (int rows = 0; rows < PAGE_ROWS && channel_read(&query->rows, &row); rows++)
        sum += row;
    bool more = channel_wait(&query->rows);
    channel_close(&query->rows); /* FIX: tell the thread that nobody reads on */
    query_finish(query);
    return sum + more;
}

long yard_round(void)
{
    return first_page();
}
