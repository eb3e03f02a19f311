#include <stdlib.h>

#include "table.h"
#include "yard.h"

enum { STACK_SIZE = 64 * 1024 };

static void *write_route(void *data)
{
    struct table *table = data;
    if (pthread_rwlock_trywrlock(&table->lock) != 0) {
        table->waits = 1;
        sem_post(&table->reported);
        pthread_rwlock_wrlock(&table->lock);
    }
    table->route[0] = 99;
    pthread_rwlock_unlock(&table->lock);
    sem_post(&table->reported);
    return NULL;
}

YARD_SITE static pthread_t writer_start(struct table *table)
{
    pthread_t writer;
    pthread_attr_t modest;
    if (pthread_attr_init(&modest) != 0)
        abort();
    pthread_attr_setstacksize(&modest, STACK_SIZE);
    if (pthread_create(&writer, &modest, write_route, table) != 0) /* ALLOC */
        abort();
    pthread_attr_destroy(&modest);
    yard_born(1);
    return writer;
}

static struct table *table_new(void)
{
    struct table *table = calloc(1, sizeof *table);
    if (table == NULL)
        abort();
    pthread_rwlock_init(&table->lock, NULL);
    sem_init(&table->reported, 0, 0);
    for (long i = 0; i < ROUTES; i++)
        table->route[i] = 10 * i;
    return table;
}

/* A table for each peer: some packets are routed, one for nowhere, then an update comes. */
long yard_round(void)
{
    struct table *table = table_new();
    long sum = 0;
    for (int network = 3; network <= ROUTES; network++)
        sum += route_lookup(table, network);
    pthread_t writer = writer_start(table);
    while (sem_wait(&table->reported) != 0)
        continue;
    if (table->waits)
        return sum;
    pthread_join(writer, NULL);
    yard_died(1);
    free(table);
    return sum;
}
