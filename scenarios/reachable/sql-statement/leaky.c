#include "lookup.h"

#include "yard.h"

YARD_SITE long lookup(sqlite3 *database, int number)
{
    sqlite3_stmt *statement = statement_prepare(database);
    sqlite3_bind_int(statement, 1, number);
    long price = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : -1;
    sqlite3_reset(statement); /* LEAK: ready to be used again, and nobody has it any more */
    return price;
}
