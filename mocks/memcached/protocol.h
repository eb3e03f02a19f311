/*
 * The text protocol of memcached, seen from the server: bytes in, requests out. It
 * knows no sockets and keeps nothing.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum {
    MEMCACHED_LONGEST_KEY = 250,
    MEMCACHED_LONGEST_LINE = 1 << 20,
    MEMCACHED_LARGEST_VALUE = 50 << 20,
};

enum memcached_verb {
    MEMCACHED_GET,
    MEMCACHED_GETS,
    MEMCACHED_SET,
    MEMCACHED_ADD,
    MEMCACHED_REPLACE,
    MEMCACHED_CAS,
    MEMCACHED_DELETE,
    MEMCACHED_INCR,
    MEMCACHED_DECR,
    MEMCACHED_STATS,
    MEMCACHED_VERSION,
    MEMCACHED_VERBOSITY,
    MEMCACHED_FLUSH_ALL,
    MEMCACHED_QUIT,
};

struct memcached_request {
    enum memcached_verb verb;
    GPtrArray *words;  /* char *: the keys, or what was asked of stats */
    guint32 flags;     /* as set, add, replace and cas have it */
    gint64 expires;    /* the same; in seconds */
    const char *data;  /* the same; borrowed from the bytes */
    gsize data_length; /* the same */
    guint64 unique;    /* as cas has it */
    guint64 delta;     /* as incr and decr have it */
    bool noreply;
    const char *refusal; /* the line to answer, without its end */
};

enum memcached_step {
    MEMCACHED_INCOMPLETE, /* SIZE bytes at least are needed */
    MEMCACHED_REQUEST,    /* it was SIZE bytes long */
    MEMCACHED_REFUSED,    /* there is only a refusal; SIZE, to be skipped, may be more than
                             there are */
    MEMCACHED_HOPELESS,   /* the same, and where the next one begins can't be told */
};

/* Looks at the front of LENGTH bytes. REQUEST is cleared with memcached_clear if it is
 * MEMCACHED_REQUEST. */
enum memcached_step memcached_parse(const char *bytes, gsize length,
                                    struct memcached_request *request, gsize *size);
void memcached_clear(struct memcached_request *request);

/* The line before a value in a reply, with its end; UNIQUE only in that to gets, else
 * NULL. Free with g_free. */
char *memcached_value_line(const char *key, guint32 flags, gsize length, const guint64 *unique);
