/* A plug-in that converts by a table. */
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { TABLE_SIZE = 7411 };

static unsigned char *table;

YARD_SITE void plugin_begin(void)
{
    table = malloc(TABLE_SIZE); /* ALLOC */
    if (table == NULL)
        abort();
    yard_born(1);
    memset(table, 2, TABLE_SIZE);
}

long plugin_convert(long number)
{
    return number + table[number];
}

void plugin_end(void)
{
    free(table);
    yard_died(1);
}
