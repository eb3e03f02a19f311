#include <stdlib.h>

#include "lookup.h"
#include "yard.h"

static sqlite3 *database;

/* Without a lookaside buffer, in which small things would hide. */
void yard_start(void)
{
    if (sqlite3_open(":memory:", &database) != SQLITE_OK ||
        sqlite3_db_config(database, SQLITE_DBCONFIG_LOOKASIDE, NULL, 0, 0) != SQLITE_OK ||
        sqlite3_exec(database,
                     "create table prices (number integer primary key, price integer);"
                     "insert into prices values (1, 250), (2, 399);",
                     NULL, NULL, NULL) != SQLITE_OK)
        abort();
}

/* Does nothing, and says BUSY, while there are statements. */
void yard_stop(void)
{
    sqlite3_close(database);
}

YARD_SITE sqlite3_stmt *statement_prepare(sqlite3 *database)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(database, "select price from prices where number = ?", -1,
                           &statement, /* ALLOC */
                           NULL) != SQLITE_OK)
        abort();
    yard_born(1);
    return statement;
}

long yard_round(void)
{
    return lookup(database, 2);
}
