/* memcached, as far as its text protocol goes, with faults by a script. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loop/mock.h"
#include "loop/server.h"
#include "memcached/flags.h"
#include "memcached/protocol.h"
#include "memcached/store.h"

static const char *const counted[] = {
    "cmd_flush",  "cmd_get",       "cmd_set",       "connections",    "connections_open",
    "curr_items", "bytes_read",    "bytes_written", "delete_hits",    "delete_misses",
    "fault_cut",  "fault_delayed", "fault_refused", "fault_repeated", "get_hits",
    "get_misses", "requests",      "requests_bad",  "values_sent",    NULL,
};

/* One of the servers. */
struct backend {
    const Mock__MemcachedPlan *plan;
    guint index;
    server_t *server;
    store_t *store;
    counters_t *counters;
};

/* ---- Faults ------------------------------------------------------------------------ */

/* What the plan wants of one reply. */
struct script {
    guint repeat;
    guint delay_ms;
    gint64 cut_after; /* -1: whole */
    guint cut_bytes;
};

static bool concerns(const Mock__MemcachedFault *fault, guint server, guint64 number)
{
    if (fault->has_server && fault->server != server)
        return false;
    if (number < fault->from_request || (fault->has_to_request && number > fault->to_request))
        return false;
    return (number - fault->from_request) % fault->every == 0;
}

/* That of the NUMBERth get of a server, from 1. */
static struct script script_of(const struct backend *backend, guint64 number)
{
    struct script script = {.repeat = 1, .cut_after = -1};
    for (size_t i = 0; i < backend->plan->n_fault; i++) {
        const Mock__MemcachedFault *fault = backend->plan->fault[i];
        if (!concerns(fault, backend->index, number))
            continue;
        script.repeat = MAX(script.repeat, fault->repeat);
        script.delay_ms = MAX(script.delay_ms, fault->delay_ms);
        if (!fault->has_cut_after)
            continue;
        script.cut_after = fault->cut_after;
        script.cut_bytes = fault->cut_bytes;
    }
    return script;
}

static bool is_refused(const struct backend *backend, guint64 number)
{
    for (size_t i = 0; i < backend->plan->n_fault; i++)
        if (backend->plan->fault[i]->refuse &&
            concerns(backend->plan->fault[i], backend->index, number))
            return true;
    return false;
}

static void on_opened(connection_t *connection)
{
    struct backend *backend = connection_context(connection);
    if (!is_refused(backend, (guint64)counters_get(backend->counters, "connections")))
        return;
    counters_add(backend->counters, "fault_refused", 1);
    connection_end(connection);
}

/* ---- get ----------------------------------------------------------------------------- */

/* A reply to get as it is written. */
struct reply {
    struct backend *backend;
    struct evbuffer *output;
    struct script script;
    gint64 values; /* so far */
    bool unique;   /* is it one to gets? */
    bool cut;
};

static void unref_bytes(G_GNUC_UNUSED const void *data, G_GNUC_UNUSED size_t length, void *bytes)
{
    g_bytes_unref(bytes);
}

/* LENGTH bytes of it. */
static void write_data(struct evbuffer *output, GBytes *bytes, gsize length)
{
    if (length > 0)
        evbuffer_add_reference(output, g_bytes_get_data(bytes, NULL), length, unref_bytes,
                               g_bytes_ref(bytes));
}

static void write_value(struct reply *reply, const char *key, const struct value *value)
{
    reply->cut = reply->values == reply->script.cut_after;
    if (reply->cut && reply->script.cut_bytes == 0)
        return;
    gsize length = g_bytes_get_size(value->bytes);
    g_autofree char *line =
        memcached_value_line(key, value->flags, length, reply->unique ? &value->unique : NULL);
    evbuffer_add(reply->output, line, strlen(line));
    if (reply->cut) {
        write_data(reply->output, value->bytes, MIN(length, reply->script.cut_bytes));
        return;
    }
    write_data(reply->output, value->bytes, length);
    evbuffer_add(reply->output, "\r\n", 2);
    reply->values++;
}

/* KEY as often as the script has it. */
static void write_key(struct reply *reply, const char *key)
{
    struct value value;
    bool found = store_find(reply->backend->store, key, &value);
    counters_add(reply->backend->counters, found ? "get_hits" : "get_misses", 1);
    if (!found)
        return;
    for (guint i = 0; i < reply->script.repeat && !reply->cut; i++) {
        write_value(reply, key, &value);
        if (i > 0 && !reply->cut)
            counters_add(reply->backend->counters, "fault_repeated", 1);
    }
    g_bytes_unref(value.bytes);
}

static void answer_get(connection_t *connection, const struct memcached_request *request)
{
    struct backend *backend = connection_context(connection);
    counters_add(backend->counters, "cmd_get", 1);
    guint64 number = (guint64)counters_get(backend->counters, "cmd_get");
    struct reply reply = {
        .backend = backend,
        .output = connection_output(connection),
        .script = script_of(backend, number),
        .unique = request->verb == MEMCACHED_GETS,
    };
    for (guint i = 0; i < request->words->len && !reply.cut; i++)
        write_key(&reply, request->words->pdata[i]);
    counters_add(backend->counters, "values_sent", reply.values);
    if (reply.script.delay_ms > 0) {
        counters_add(backend->counters, "fault_delayed", 1);
        connection_delay(connection, reply.script.delay_ms);
    }
    if (reply.script.cut_after < 0) {
        evbuffer_add(reply.output, "END\r\n", 5);
    } else {
        counters_add(backend->counters, "fault_cut", 1);
        connection_end(connection);
    }
}

/* ---- What changes the store ------------------------------------------------------------ */

/* What set and its kin may do, given what is THERE (NULL: nothing). */
static const char *objection(const struct memcached_request *request, const struct value *there)
{
    switch (request->verb) {
    case MEMCACHED_ADD:
        return there ? "NOT_STORED" : NULL;
    case MEMCACHED_REPLACE:
        return there ? NULL : "NOT_STORED";
    case MEMCACHED_CAS:
        return !there ? "NOT_FOUND" : there->unique == request->unique ? NULL : "EXISTS";
    default:
        return NULL;
    }
}

static const char *store_value(struct backend *backend, const struct memcached_request *request)
{
    const char *key = request->words->pdata[0];
    counters_add(backend->counters, "cmd_set", 1);
    struct value value;
    bool found = store_find(backend->store, key, &value);
    const char *why_not = objection(request, found ? &value : NULL);
    if (found)
        g_bytes_unref(value.bytes);
    if (why_not != NULL)
        return why_not;
    store_set(backend->store, key, request->data, request->data_length, request->flags);
    if (request->expires < 0)
        store_delete(backend->store, key);
    return "STORED";
}

static const char *delete_value(struct backend *backend, const char *key)
{
    bool found = store_delete(backend->store, key);
    counters_add(backend->counters, found ? "delete_hits" : "delete_misses", 1);
    return found ? "DELETED" : "NOT_FOUND";
}

/* Writes the new number to DIGITS. */
static const char *add_delta(struct backend *backend, const struct memcached_request *request,
                             char digits[32])
{
    const char *key = request->words->pdata[0];
    struct value value;
    if (!store_find(backend->store, key, &value))
        return "NOT_FOUND";
    gsize length;
    const char *data = g_bytes_get_data(value.bytes, &length);
    g_autofree char *text = g_strndup(data, length);
    g_bytes_unref(value.bytes);
    guint64 number;
    if (!g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT64, &number, NULL))
        return "CLIENT_ERROR cannot increment or decrement non-numeric value";
    if (request->verb == MEMCACHED_INCR)
        number += request->delta;
    else
        number -= MIN(number, request->delta);
    g_snprintf(digits, 32, "%" G_GUINT64_FORMAT, number);
    store_set(backend->store, key, digits, strlen(digits), value.flags);
    return digits;
}

/* ---- The service ---------------------------------------------------------------------- */

struct stats {
    struct evbuffer *output;
    const GPtrArray *names; /* empty: all */
};

static void write_stat(const char *name, gint64 value, void *context)
{
    const struct stats *stats = context;
    if (stats->names->len == 0 ||
        g_ptr_array_find_with_equal_func((GPtrArray *)stats->names, name, g_str_equal, NULL))
        evbuffer_add_printf(stats->output, "STAT %s %" G_GINT64_FORMAT "\r\n", name, value);
}

static void answer_stats(connection_t *connection, const struct memcached_request *request)
{
    struct backend *backend = connection_context(connection);
    struct stats stats = {connection_output(connection), request->words};
    counters_each(backend->counters, write_stat, &stats);
    evbuffer_add(stats.output, "END\r\n", 5);
}

/* The one line that answers REQUEST, without its end. */
static const char *answer_line(struct backend *backend, const struct memcached_request *request,
                               char digits[32])
{
    switch (request->verb) {
    case MEMCACHED_SET:
    case MEMCACHED_ADD:
    case MEMCACHED_REPLACE:
    case MEMCACHED_CAS:
        return store_value(backend, request);
    case MEMCACHED_DELETE:
        return delete_value(backend, request->words->pdata[0]);
    case MEMCACHED_INCR:
    case MEMCACHED_DECR:
        return add_delta(backend, request, digits);
    case MEMCACHED_FLUSH_ALL:
        counters_add(backend->counters, "cmd_flush", 1);
        store_flush(backend->store);
        return "OK";
    case MEMCACHED_VERSION:
        return "VERSION leakyard-0.1";
    default: /* verbosity: there is no log */
        return "OK";
    }
}

static void answer(connection_t *connection, const struct memcached_request *request)
{
    struct backend *backend = connection_context(connection);
    counters_add(backend->counters, "requests", 1);
    char digits[32];
    switch (request->verb) {
    case MEMCACHED_GET:
    case MEMCACHED_GETS:
        answer_get(connection, request);
        return;
    case MEMCACHED_STATS:
        answer_stats(connection, request);
        return;
    case MEMCACHED_QUIT:
        connection_end(connection);
        return;
    default: {
        const char *line = answer_line(backend, request, digits);
        if (!request->noreply)
            evbuffer_add_printf(connection_output(connection), "%s\r\n", line);
        gint64 size = store_size(backend->store);
        counters_add(backend->counters, "curr_items",
                     size - counters_get(backend->counters, "curr_items"));
    }
    }
}

static gsize take(connection_t *connection, const char *bytes, gsize length)
{
    struct memcached_request request;
    gsize size;
    enum memcached_step step = memcached_parse(bytes, length, &request, &size);
    switch (step) {
    case MEMCACHED_INCOMPLETE:
        connection_want(connection, size);
        return 0;
    case MEMCACHED_REQUEST:
        answer(connection, &request);
        memcached_clear(&request);
        return size;
    default:
        counters_add(connection_counters(connection), "requests_bad", 1);
        evbuffer_add_printf(connection_output(connection), "%s\r\n", request.refusal);
        if (step == MEMCACHED_HOPELESS)
            connection_end(connection);
        return size;
    }
}

static const struct service service = {.take = take, .opened = on_opened};

/* ---- The servers ------------------------------------------------------------------------- */

static void backend_free(void *data)
{
    struct backend *backend = data;
    if (backend->server != NULL)
        server_free(backend->server);
    store_free(backend->store);
    counters_free(backend->counters);
    g_free(backend);
}

static void stop(void *backends)
{
    g_ptr_array_unref(backends);
}

static void *start(loop_t *loop, guint port, const ProtobufCMessage *message, GString *addresses,
                   GError **error)
{
    const Mock__MemcachedPlan *plan = (const Mock__MemcachedPlan *)message;
    g_autoptr(GPtrArray) backends = g_ptr_array_new_with_free_func(backend_free);
    for (guint i = 0; i < plan->servers; i++) {
        struct backend *backend = g_new0(struct backend, 1);
        g_ptr_array_add(backends, backend);
        *backend = (struct backend){.plan = plan,
                                    .index = i,
                                    .store = store_new(plan, i),
                                    .counters = counters_new(counted)};
        backend->server =
            server_new(loop, port == 0 ? 0 : port + i, &service, backend, backend->counters, error);
        if (backend->server == NULL)
            return NULL;
        g_string_append_printf(addresses, "%s%s", i ? " " : "", server_address(backend->server));
    }
    return g_steal_pointer(&backends);
}

static counters_t *sum(const void *started)
{
    const GPtrArray *backends = started;
    counters_t *all = counters_new(counted);
    for (guint i = 0; i < backends->len; i++)
        counters_sum(all, ((const struct backend *)backends->pdata[i])->counters);
    return all;
}

/* ---- The mock ------------------------------------------------------------------------------ */

static const struct mock memcached = {
    .doc = "A memcached on a loopback port, with faults by a script.\v"
           "It prints its address, or with --servers=N all of them on one line, and serves until "
           "SIGTERM. With a COMMAND it runs that instead, with the addresses in the environment "
           "variable YARD_SERVER, and exits as it does. 'stats' asks it what it did.\n\n"
           "  memcached --synthesize=user:10007 --repeat=2\n"
           "  memcached --servers=3 --buckets=16 --synthesize=user:10007 -- ./proxy-test\n\n"
           "A plan file can say more: which requests of which server a fault concerns. Exit "
           "codes: that of COMMAND, 127 if there is none; 2 usage, 3 it could not do its work.",
    .flags = memcached_flags,
    .plan = &mock__memcached_plan__descriptor,
    .set = memcached_set,
    .check = memcached_check,
    .start = start,
    .counters = sum,
    .stop = stop,
};

int main(int argc, char **argv)
{
    return mock_main(&memcached, argc, argv);
}
