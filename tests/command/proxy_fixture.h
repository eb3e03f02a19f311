/*
 * What the suites of incident 000 share: the proxy in front of groups of hosts, what it has to
 * lose, and what it says it lost. A checked fixture of proxy_set_up and proxy_tear_down makes
 * the folder anew for every test.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define CLOSURE "incident/getmulti-closure"

enum {
    PAGES = 100, /* what --rounds is by default */
    KEYS = 8,    /* of a page: user:1, user:2 … */
    BYTES = 10007,
    LARGE = 100003, /* so that what is lost stands out */
};

extern char *proxy_folder;

/* Programs run with one of malloc's arenas and two of Go's processors then: each keeps memory
 * of its own that was freed. */
void proxy_set_up(void);
void proxy_tear_down(void);

/* If it is not, says so on standard error. */
bool proxy_is_built(void);

/* That of user:KEY, as the proxy deals out keys to so many GROUPS. */
guint group_of(guint key, guint groups);

/* Of a page, with the mistake: so many groups have keys of it, hence so many requests are made.
 * Each is of all keys, to the group of the first one, which finds so many of them. */
struct page {
    guint requests, found;
};

struct page predict(guint groups);

/* What a program says at the end, and its mock. */
struct outcome {
    gint64 value, born, died;
    char *said;
};

/* Takes SAID over. */
struct outcome outcome_read(char *said);
void outcome_clear(struct outcome *outcome);

/* Memory GROWN, in KiB, is that of so many bytes LOST, but for NOISE KiB. */
void check_kib(const char *what, gint64 grown, gint64 lost, gint64 noise);
