/*
 * A listening socket of a mock and its connections. Bytes come in, a service takes
 * its requests off their front; what it writes goes out in order.
 */
#pragma once

#include <event2/buffer.h>
#include <stdbool.h>

#include "loop/counters.h"
#include "loop/loop.h"

typedef struct server server_t;
typedef struct connection connection_t;

struct service {
    /* Takes one request off the front of BYTES, and answers it. Returns how many bytes
     * it was; more than LENGTH, and what comes next is skipped. Returns 0 if it is not
     * whole, having said with connection_want what to wait for. */
    gsize (*take)(connection_t *connection, const char *bytes, gsize length);
    /* Either may be NULL. What is accepted may be ended at once. */
    void (*opened)(connection_t *connection);
    void (*closed)(connection_t *connection);
};

/* Listens on 127.0.0.1, at a port that the kernel chooses if PORT is 0. SERVICE,
 * CONTEXT and COUNTERS stay the caller's. It counts connections, connections_open,
 * bytes_read and bytes_written. Free with server_free. */
server_t *server_new(loop_t *loop, guint port, const struct service *service, void *context,
                     counters_t *counters, GError **error);
void server_free(server_t *server);

/* As "127.0.0.1:PORT". */
const char *server_address(const server_t *server);

void *connection_context(const connection_t *connection);
counters_t *connection_counters(const connection_t *connection);

/* Room for what the service knows of this connection; it frees it in `closed`. */
void connection_set_data(connection_t *connection, void *data);
void *connection_data(const connection_t *connection);

/* No need to call `take` before LENGTH bytes are there. */
void connection_want(connection_t *connection, gsize length);

/* Where to write to. What is written while `take` runs is sent when it returns. */
struct evbuffer *connection_output(connection_t *connection);

/* What `take` wrote is sent so much later, and no other request is taken before. */
void connection_delay(connection_t *connection, guint milliseconds);

/* Once all that was written is sent, the client reads the end; what it sends from now
 * on is dropped. */
void connection_end(connection_t *connection);
bool connection_is_ending(const connection_t *connection);
