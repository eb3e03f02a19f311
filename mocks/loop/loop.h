/*
 * What every mock waits with: one libevent loop for its sockets, its timers, its
 * signals and the command that it serves.
 */
#pragma once

#include <event2/event.h>
#include <glib.h>

typedef struct loop loop_t;

/* Free with loop_free, after all servers on it. */
loop_t *loop_new(GError **error);
void loop_free(loop_t *loop);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(loop_t, loop_free)

struct event_base *loop_base(loop_t *loop);

/* Serves. With a COMMAND (ended by NULL) until that ends, with ADDRESSES in its
 * environment as YARD_SERVER, and passes SIGINT and SIGTERM on to it; returns its exit
 * code, 128 and its signal, or 127 if there is no such command. Else prints ADDRESSES
 * on standard output and serves until SIGINT or SIGTERM; returns 0. Where ERROR is
 * set, the code is still what to exit with. */
int loop_run(loop_t *loop, const char *addresses, char *const *command, GError **error);
