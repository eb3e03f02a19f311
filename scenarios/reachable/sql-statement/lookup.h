/* Prices, from a table. */
#pragma once

#include <sqlite3.h>

/* A statement that wants a number and gives a price. */
sqlite3_stmt *statement_prepare(sqlite3 *database);

/* The price of NUMBER, or -1. */
long lookup(sqlite3 *database, int number);
