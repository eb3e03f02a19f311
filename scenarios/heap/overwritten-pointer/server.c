#include <stdlib.h>
#include <string.h>

#include "table.h"
#include "yard.h"

enum { TABLE_SIZE = 6553 };

YARD_SITE char *table_parse(const char *text)
{
    char *table = malloc(TABLE_SIZE); /* ALLOC */
    if (table == NULL)
        abort();
    yard_born(1);
    memset(table, '\0', TABLE_SIZE);
    strncpy(table, text, TABLE_SIZE - 1);
    return table;
}

void table_free(char *table)
{
    if (table == NULL)
        return;
    free(table);
    yard_died(1);
}

long table_number(const char *table)
{
    return strtol(table, NULL, 10);
}

/* The server's own are read once, at its start, and again on each round. */
static struct settings settings;

long yard_round(void)
{
    settings_reload(&settings, "8080");
    return table_number(settings.table);
}
