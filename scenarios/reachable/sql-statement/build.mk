libraries.reachable/sql-statement := sqlite3
