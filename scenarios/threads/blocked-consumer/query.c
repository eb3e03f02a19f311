#include "query.h"

#include <stdlib.h>

#include "yard.h"

enum { TABLE_ROWS = 40, STACK_SIZE = 64 * 1024 };

static void *stream_rows(void *data)
{
    struct query *query = data;
    for (long id = 1; id <= TABLE_ROWS; id++) {
        long row = id * id;
        if (!channel_send(&query->rows, &row))
            break;
    }
    channel_close(&query->rows);
    return NULL;
}

YARD_SITE struct query *query_start(void)
{
    struct query *query = malloc(sizeof *query);
    pthread_attr_t modest;
    if (query == NULL || pthread_attr_init(&modest) != 0)
        abort();
    channel_init(&query->rows, sizeof(long), NULL, 0);
    pthread_attr_setstacksize(&modest, STACK_SIZE);
    if (pthread_create(&query->thread, &modest, stream_rows, query) != 0) /* ALLOC */
        abort();
    pthread_attr_destroy(&modest);
    yard_born(1);
    return query;
}

void query_finish(struct query *query)
{
    pthread_join(query->thread, NULL);
    yard_died(1);
    channel_destroy(&query->rows);
    free(query);
}
