libraries.heap/query-callback := sqlite3
