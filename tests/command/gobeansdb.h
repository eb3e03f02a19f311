/*
 * Real servers of gobeansdb, for the incident that happened in front of them.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Builds the server as FOLDER/gobeansdb. False, with the reason on standard error, if its
 * module can't be had. */
bool gobeansdb_build(const char *folder);

struct gobeansdb {
    GPid pid;
    char *address, *web; /* 127.0.0.1:PORT */
    int connection;      /* one of the client's, open all the time */
    int said;
};

/* Starts BUILT/gobeansdb with a home of its own below FOLDER; returns when it listens. End
 * with gobeansdb_end. */
void gobeansdb_start(struct gobeansdb *server, const char *built, const char *folder);
void gobeansdb_end(struct gobeansdb *server);

/* Stores LENGTH bytes of noise, which no server makes smaller. */
void gobeansdb_set(const struct gobeansdb *server, const char *key, gsize length);

/* How many bytes of values the answer to `get KEYS` has. */
gsize gobeansdb_get(const struct gobeansdb *server, const char *keys);

/* What it has of C memory, by its own account at its web port, /buffers. */
struct gobeansdb_memory {
    gint64 blocks, bytes; /* AllocRL: in all */
    gint64 under_way;     /* GetData: blocks, read from the store to be sent to clients */
};
struct gobeansdb_memory gobeansdb_memory(const struct gobeansdb *server);
