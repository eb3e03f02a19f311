#include "loop/server.h"

#include <errno.h>
#include <event2/bufferevent.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/failure.h"

/* A client that does not read its replies is given no more of them. */
enum { OUTPUT_ENOUGH = 1 << 20 };

struct server {
    struct evconnlistener *listener;
    char *address;
    const struct service *service;
    void *context;
    counters_t *counters;
    GHashTable *connections; /* a set of connection_t *, owned */
};

struct connection {
    server_t *server;
    struct bufferevent *stream;
    struct evbuffer *reply; /* what `take` writes */
    struct event *timer;    /* of a delayed reply */
    void *data;
    gsize wanted, skipped; /* bytes to wait for; bytes to come that nobody wants */
    guint delay_ms;
    bool taking;   /* `take` runs */
    bool delayed;  /* a reply waits for the timer */
    bool ending;   /* nothing is to be taken any more */
    bool shut;     /* we have said our end */
    bool peer_end; /* the client has said its own */
};

/* ---- What a service asks ------------------------------------------------------ */

void *connection_context(const connection_t *connection)
{
    return connection->server->context;
}

counters_t *connection_counters(const connection_t *connection)
{
    return connection->server->counters;
}

void connection_set_data(connection_t *connection, void *data)
{
    connection->data = data;
}

void *connection_data(const connection_t *connection)
{
    return connection->data;
}

void connection_want(connection_t *connection, gsize length)
{
    connection->wanted = length;
}

struct evbuffer *connection_output(connection_t *connection)
{
    return connection->taking ? connection->reply : bufferevent_get_output(connection->stream);
}

void connection_delay(connection_t *connection, guint milliseconds)
{
    connection->delay_ms = MAX(connection->delay_ms, milliseconds);
}

void connection_end(connection_t *connection)
{
    connection->ending = true;
}

bool connection_is_ending(const connection_t *connection)
{
    return connection->ending;
}

/* ---- One connection -------------------------------------------------------------- */

static void connection_free(void *data)
{
    connection_t *connection = data;
    if (connection->server->service->closed != NULL)
        connection->server->service->closed(connection);
    counters_add(connection->server->counters, "connections_open", -1);
    bufferevent_free(connection->stream);
    evbuffer_free(connection->reply);
    event_free(connection->timer);
    g_free(connection);
}

static bool is_full(connection_t *connection)
{
    return evbuffer_get_length(bufferevent_get_output(connection->stream)) >= OUTPUT_ENOUGH;
}

/* Sends what `take` wrote. */
static void release(connection_t *connection)
{
    bufferevent_write_buffer(connection->stream, connection->reply);
}

/* Drops up to LIMIT bytes of the input. Returns how many. */
static gsize drop(struct evbuffer *input, gsize limit)
{
    gsize length = MIN(evbuffer_get_length(input), limit);
    evbuffer_drain(input, length);
    return length;
}

/* Calls the service once. Returns false if it is no use to do so again. */
static bool take_one(connection_t *connection)
{
    struct evbuffer *input = bufferevent_get_input(connection->stream);
    connection->skipped -= drop(input, connection->skipped);
    gsize length = evbuffer_get_length(input);
    if (length == 0 || length < connection->wanted)
        return false;
    connection->wanted = 0;
    connection->delay_ms = 0;
    connection->taking = true;
    gsize taken = connection->server->service->take(
        connection, (const char *)evbuffer_pullup(input, -1), length);
    connection->taking = false;
    evbuffer_drain(input, MIN(taken, length));
    connection->skipped = taken > length ? taken - length : 0;
    connection->delayed = connection->delay_ms > 0;
    if (connection->delayed) {
        struct timeval delay = {connection->delay_ms / 1000, connection->delay_ms % 1000 * 1000};
        evtimer_add(connection->timer, &delay);
    } else {
        release(connection);
    }
    return taken > 0;
}

/* Takes what can be taken, and ends what is to end; CONNECTION may be gone after. */
static void advance(connection_t *connection)
{
    struct evbuffer *input = bufferevent_get_input(connection->stream);
    while (!connection->ending && !connection->delayed && !is_full(connection))
        if (!take_one(connection))
            break;
    if (connection->ending)
        drop(input, G_MAXSIZE);
    bool waits = connection->delayed || (!connection->ending && is_full(connection));
    if (waits)
        bufferevent_disable(connection->stream, EV_READ);
    else if (!connection->peer_end)
        bufferevent_enable(connection->stream, EV_READ);
    if (waits || evbuffer_get_length(bufferevent_get_output(connection->stream)) > 0)
        return;
    if (connection->peer_end) {
        g_hash_table_remove(connection->server->connections, connection);
    } else if (connection->ending && !connection->shut) {
        /* To close it with unread input would be a reset, and could cost the client
         * what it has not read yet. */
        shutdown(bufferevent_getfd(connection->stream), SHUT_WR);
        connection->shut = true;
    }
}

static void on_delay(G_GNUC_UNUSED evutil_socket_t none, G_GNUC_UNUSED short what, void *data)
{
    connection_t *connection = data;
    connection->delayed = false;
    release(connection);
    advance(connection);
}

static void on_stream(G_GNUC_UNUSED struct bufferevent *stream, void *data)
{
    advance(data);
}

static void on_event(G_GNUC_UNUSED struct bufferevent *stream, short what, void *data)
{
    connection_t *connection = data;
    if (what & BEV_EVENT_ERROR) {
        g_hash_table_remove(connection->server->connections, connection);
    } else if (what & BEV_EVENT_EOF) {
        connection->peer_end = true;
        advance(connection);
    }
}

static void count_input(G_GNUC_UNUSED struct evbuffer *buffer, const struct evbuffer_cb_info *info,
                        void *data)
{
    const connection_t *connection = data;
    counters_add(connection->server->counters, "bytes_read", (gint64)info->n_added);
}

static void count_output(G_GNUC_UNUSED struct evbuffer *buffer, const struct evbuffer_cb_info *info,
                         void *data)
{
    const connection_t *connection = data;
    counters_add(connection->server->counters, "bytes_written", (gint64)info->n_deleted);
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd,
                      G_GNUC_UNUSED struct sockaddr *from, G_GNUC_UNUSED int length, void *data)
{
    server_t *server = data;
    struct event_base *base = evconnlistener_get_base(listener);
    connection_t *connection = g_new0(connection_t, 1);
    connection->server = server;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    connection->stream = bufferevent_socket_new(base, fd, BEV_OPT_CLOSE_ON_FREE);
    connection->reply = evbuffer_new();
    connection->timer = evtimer_new(base, on_delay, connection);
    bufferevent_setcb(connection->stream, on_stream, on_stream, on_event, connection);
    evbuffer_add_cb(bufferevent_get_input(connection->stream), count_input, connection);
    evbuffer_add_cb(bufferevent_get_output(connection->stream), count_output, connection);
    g_hash_table_add(server->connections, connection);
    counters_add(server->counters, "connections", 1);
    counters_add(server->counters, "connections_open", 1);
    if (server->service->opened != NULL)
        server->service->opened(connection);
    bufferevent_enable(connection->stream, EV_READ | EV_WRITE);
    advance(connection);
}

/* ---- The server -------------------------------------------------------------------- */

static bool listen_at(server_t *server, loop_t *loop, guint port, GError **error)
{
    if (port > G_MAXUINT16)
        return fail(error, EXIT_USAGE, "there is no port %u: the last one is %d", port,
                    G_MAXUINT16);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((guint16)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    server->listener =
        evconnlistener_new_bind(loop_base(loop), on_accept, server,
                                LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE,
                                SOMAXCONN, (struct sockaddr *)&address, sizeof address);
    if (server->listener == NULL)
        return fail_errno(error, "cannot listen at 127.0.0.1:%u (--port=0 takes one that is free)",
                          port);
    socklen_t length = sizeof address;
    if (getsockname(evconnlistener_get_fd(server->listener), (struct sockaddr *)&address,
                    &length) != 0)
        return fail_errno(error, "cannot tell the port of a socket");
    server->address = g_strdup_printf("127.0.0.1:%u", ntohs(address.sin_port));
    return true;
}

server_t *server_new(loop_t *loop, guint port, const struct service *service, void *context,
                     counters_t *counters, GError **error)
{
    server_t *server = g_new0(server_t, 1);
    *server = (server_t){
        .service = service,
        .context = context,
        .counters = counters,
        .connections = g_hash_table_new_full(NULL, NULL, connection_free, NULL),
    };
    if (listen_at(server, loop, port, error))
        return server;
    server_free(server);
    return NULL;
}

void server_free(server_t *server)
{
    g_hash_table_unref(server->connections);
    if (server->listener != NULL)
        evconnlistener_free(server->listener);
    g_free(server->address);
    g_free(server);
}

const char *server_address(const server_t *server)
{
    return server->address;
}
