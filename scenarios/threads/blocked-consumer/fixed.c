#include "query.h"
#include "viewer.h"
#include "yard.h"

YARD_SITE long first_page(void)
{
    struct query *query = query_start();
    long sum = 0, row;
    for (int rows = 0; rows < PAGE_ROWS && channel_receive(&query->rows, &row); rows++)
        sum += row;
    bool more = channel_wait(&query->rows);
    channel_close(&query->rows); /* FIX: tell the thread that nobody reads on */
    query_finish(query);
    return sum + more;
}
