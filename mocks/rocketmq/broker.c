/* A RocketMQ name server and broker, as far as producers and their transactions go. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "loop/mock.h"
#include "loop/server.h"
#include "plan.pb-c.h"
#include "rocketmq/flags.h"
#include "rocketmq/frame.h"
#include "rocketmq/message.h"

enum {
    SEND = 10,
    RUNTIME_INFO = 28,
    HEARTBEAT = 34,
    END_TRANSACTION = 37,
    CHECK_TRANSACTION = 39,
    ROUTE = 105,
    SEND_V2 = 310,
    SEND_BATCH = 320,

    SUCCESS = 0, /* codes of responses */
    NOT_SUPPORTED = 3,
    ILLEGAL = 13,

    UNDECIDED = 0, /* commitOrRollback */
    COMMIT = 8,
    ROLLBACK = 12,

    QUEUES = 4,
    LONGEST_GROUP = 255,
};

static const char broker_name[] = "leakyard";
static const char id_property[] = "__transactionId__";

static const char *const counted[] = {
    "bytes_read",   "bytes_written",    "checks",
    "committed",    "connections",      "connections_open",
    "ends",         "ends_bad",         "ends_undecided",
    "ends_unknown", "frames_bad",       "half_messages",
    "messages",     "requests",         "requests_10",
    "requests_105", "requests_28",      "requests_310",
    "requests_320", "requests_34",      "requests_37",
    "requests_bad", "requests_unknown", "rolled_back",
    "settled",      "unsettled",        NULL,
};

/* A message that waits to be committed or rolled back. */
struct half {
    guint64 queue_offset, log_offset;
    guint rounds;     /* checks since the send that asked for them */
    char *id;         /* the transaction's, as the broker gave it */
    char *unique;     /* the message's, as its producer gave it */
    char *message_id; /* where it is stored */
    GBytes *stored;
};

/* Producers that share a name. */
struct group {
    GPtrArray *unsettled; /* struct half *, owned */
    guint next;           /* the one to ask about next */
};

struct broker {
    const Mock__RocketmqPlan *plan;
    server_t *server;
    counters_t *counters;
    GHashTable *groups;         /* char * → struct group *, owned */
    guint64 queue_end, log_end; /* offsets of the next message */
    gint64 opaque;              /* of the last request of ours */
    guint port;
};

static void count(struct broker *broker, const char *name)
{
    counters_add(broker->counters, name, 1);
}

static void half_free(void *data)
{
    struct half *half = data;
    g_free(half->id);
    g_free(half->unique);
    g_free(half->message_id);
    g_bytes_unref(half->stored);
    g_free(half);
}

static void group_free(void *data)
{
    struct group *group = data;
    g_ptr_array_unref(group->unsettled);
    g_free(group);
}

/* ---- Frames out --------------------------------------------------------------------- */

static void write_frame(connection_t *connection, const struct rocketmq_frame *frame)
{
    g_autoptr(GBytes) bytes = rocketmq_frame_write(frame);
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    evbuffer_add(connection_output(connection), data, length);
}

/* Takes FIELDS and BODY over; either may be NULL. */
static void respond(connection_t *connection, const struct rocketmq_frame *request, gint64 code,
                    const char *remark, json_t *fields, json_t *body)
{
    g_autofree char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
    struct rocketmq_frame response = {
        .code = code,
        .opaque = request->opaque,
        .flags = ROCKETMQ_RESPONSE,
        .remark = remark,
        .fields = fields,
        .body = (const guint8 *)text,
        .body_length = text ? strlen(text) : 0,
    };
    if (!(request->flags & ROCKETMQ_ONE_WAY))
        write_frame(connection, &response);
    json_decref(fields);
    json_decref(body);
}

/* Asks the client at CONNECTION what became of HALF. */
static void push_check(connection_t *connection, struct half *half)
{
    struct broker *broker = connection_context(connection);
    g_autofree char *queue_offset = g_strdup_printf("%" G_GUINT64_FORMAT, half->queue_offset);
    g_autofree char *log_offset = g_strdup_printf("%" G_GUINT64_FORMAT, half->log_offset);
    json_t *fields = json_pack("{s:s, s:s, s:s, s:s, s:s}", "tranStateTableOffset", queue_offset,
                               "commitLogOffset", log_offset, "msgId", half->unique,
                               "transactionId", half->unique, "offsetMsgId", half->message_id);
    struct rocketmq_frame frame = {
        .code = CHECK_TRANSACTION,
        .opaque = ++broker->opaque,
        .flags = ROCKETMQ_ONE_WAY,
        .fields = fields,
    };
    frame.body = g_bytes_get_data(half->stored, &frame.body_length);
    write_frame(connection, &frame);
    json_decref(fields);
    half->rounds++;
    count(broker, "checks");
}

/* ---- Messages in ---------------------------------------------------------------------- */

/* What was sent, whichever version the request had. */
struct sent {
    const char *group, *topic, *properties;
    guint32 queue, flags;
    const guint8 *body;
    gsize body_length;
    guint64 messages; /* a batch is several */
};

static guint64 now_ms(void)
{
    return (guint64)g_get_real_time() / 1000;
}

/* Gives it its place, in *MESSAGE, whose contents stay borrowed from SENT: the first of as many
 * offsets as it is messages. Returns what is stored there; the caller unrefs it. */
static GBytes *store(struct broker *broker, const struct sent *sent, guint32 system_flags,
                     struct rocketmq_message *message)
{
    *message = (struct rocketmq_message){
        .queue = sent->queue,
        .flags = sent->flags,
        .system_flags = system_flags,
        .queue_offset = broker->queue_end,
        .log_offset = broker->log_end,
        .born_ms = now_ms(),
        .stored_ms = now_ms(),
        .host = INADDR_LOOPBACK,
        .port = broker->port,
        .topic = sent->topic,
        .properties = sent->properties,
        .body = sent->body,
        .body_length = sent->body_length,
    };
    GBytes *bytes = rocketmq_message_write(message);
    broker->queue_end += sent->messages;
    broker->log_end += g_bytes_get_size(bytes);
    return bytes;
}

static struct half *store_half(struct broker *broker, struct group *group, const struct sent *sent)
{
    struct half *half = g_new0(struct half, 1);
    g_autofree char *seed = g_strdup_printf("%s %" G_GUINT64_FORMAT, sent->group, broker->log_end);
    half->id = g_compute_checksum_for_string(G_CHECKSUM_MD5, seed, -1);
    g_autofree char *properties =
        g_strdup_printf("%s%s\1%s\2", sent->properties, id_property, half->id);
    struct sent stored = *sent;
    stored.properties = properties;
    stored.messages = 1;
    struct rocketmq_message message;
    half->stored = store(broker, &stored, ROCKETMQ_PREPARED, &message);
    half->queue_offset = message.queue_offset;
    half->log_offset = message.log_offset;
    half->message_id = rocketmq_message_id(&message);
    char *unique = rocketmq_property(properties, "UNIQ_KEY");
    half->unique = unique ? unique : g_strdup(half->message_id);
    g_ptr_array_add(group->unsettled, half);
    count(broker, "half_messages");
    count(broker, "unsettled");
    return half;
}

/* It goes into properties, which have an end. */
static bool is_group_name(const char *name)
{
    return name != NULL && strlen(name) <= LONGEST_GROUP;
}

/* What a group left behind before it came. */
static void leave_behind(struct broker *broker, struct group *group, const char *name)
{
    for (guint i = 0; i < broker->plan->half_messages; i++) {
        g_autofree char *body = g_strdup_printf("half message %u of %s", i, name);
        g_autofree char *properties =
            g_strdup_printf("TRAN_MSG\1true\2PGROUP\1%s\2UNIQ_KEY\1%032" G_GINT64_MODIFIER "X\2",
                            name, broker->log_end);
        struct sent sent = {.group = name,
                            .topic = "left-behind",
                            .properties = properties,
                            .body = (const guint8 *)body,
                            .body_length = strlen(body)};
        store_half(broker, group, &sent);
    }
}

static struct group *group_of(struct broker *broker, const char *name)
{
    struct group *group = g_hash_table_lookup(broker->groups, name);
    if (group != NULL)
        return group;
    group = g_new0(struct group, 1);
    group->unsettled = g_ptr_array_new_with_free_func(half_free);
    g_hash_table_insert(broker->groups, g_strdup(name), group);
    leave_behind(broker, group, name);
    return group;
}

static void push_checks(connection_t *connection, struct group *group)
{
    const struct broker *broker = connection_context(connection);
    for (guint i = 0; i < broker->plan->checks_per_send && group->unsettled->len > 0; i++) {
        struct half *half = group->unsettled->pdata[group->next++ % group->unsettled->len];
        half->rounds = 0;
        push_check(connection, half);
    }
}

static guint32 number_of(const char *text)
{
    guint64 number = 0;
    if (text != NULL)
        g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT32, &number, NULL);
    return (guint32)number;
}

/* Returns false if something is missing, damaged or too long. */
static bool read_sent(const struct rocketmq_frame *request, struct sent *sent)
{
    bool brief = request->code != SEND;
    gint64 messages =
        request->code == SEND_BATCH ? rocketmq_batch_size(request->body, request->body_length) : 1;
    const char *properties = rocketmq_frame_field(request, brief ? "i" : "properties");
    *sent = (struct sent){
        .group = rocketmq_frame_field(request, brief ? "a" : "producerGroup"),
        .topic = rocketmq_frame_field(request, brief ? "b" : "topic"),
        .queue = number_of(rocketmq_frame_field(request, brief ? "e" : "queueId")),
        .flags = number_of(rocketmq_frame_field(request, brief ? "h" : "flag")),
        .properties = properties ? properties : "",
        .body = request->body,
        .body_length = request->body_length,
        .messages = (guint64)MAX(messages, 0),
    };
    const gsize added = strlen(id_property) + 34;
    return sent->messages > 0 && is_group_name(sent->group) && sent->topic != NULL &&
           strlen(sent->topic) <= ROCKETMQ_LONGEST_TOPIC &&
           strlen(sent->properties) <= ROCKETMQ_LONGEST_PROPERTIES - added;
}

static bool is_half(const struct sent *sent)
{
    g_autofree char *value = rocketmq_property(sent->properties, "TRAN_MSG");
    return value != NULL && g_ascii_strcasecmp(value, "true") == 0;
}

/* Says where the message is; TRANSACTION is NULL unless it is a half one. */
static void confirm(connection_t *connection, const struct rocketmq_frame *request,
                    const char *message_id, guint32 queue, guint64 queue_offset,
                    const char *transaction)
{
    g_autofree char *queue_text = g_strdup_printf("%u", queue);
    g_autofree char *offset_text = g_strdup_printf("%" G_GUINT64_FORMAT, queue_offset);
    json_t *fields = json_pack("{s:s, s:s, s:s, s:s*}", "msgId", message_id, "queueId", queue_text,
                               "queueOffset", offset_text, "transactionId", transaction);
    respond(connection, request, SUCCESS, NULL, fields, NULL);
}

static void on_send(connection_t *connection, const struct rocketmq_frame *request)
{
    struct broker *broker = connection_context(connection);
    struct sent sent;
    if (!read_sent(request, &sent)) {
        count(broker, "requests_bad");
        respond(connection, request, ILLEGAL, "the message is not as it should be", NULL, NULL);
        return;
    }
    struct group *group = group_of(broker, sent.group);
    push_checks(connection, group);
    if (is_half(&sent)) {
        const struct half *half = store_half(broker, group, &sent);
        confirm(connection, request, half->message_id, sent.queue, half->queue_offset, half->id);
        return;
    }
    struct rocketmq_message message;
    g_autoptr(GBytes) stored = store(broker, &sent, 0, &message);
    counters_add(broker->counters, "messages", (gint64)sent.messages);
    g_autofree char *id = rocketmq_message_id(&message);
    confirm(connection, request, id, sent.queue, message.queue_offset, NULL);
}

/* ---- Transactions --------------------------------------------------------------------- */

static struct half *find_half(const struct group *group, const char *log_offset, guint *at)
{
    guint64 offset;
    if (log_offset == NULL ||
        !g_ascii_string_to_unsigned(log_offset, 10, 0, G_MAXUINT64, &offset, NULL))
        return NULL;
    for (*at = 0; *at < group->unsettled->len; ++*at) {
        struct half *half = group->unsettled->pdata[*at];
        if (half->log_offset == offset)
            return half;
    }
    return NULL;
}

/* What an end settles: the name of what became of the message, or of why it did not. HALF is
 * NULL if it was settled before, or never heard of. */
static const char *outcome(const struct broker *broker, const struct rocketmq_frame *request,
                           const struct half *half)
{
    if (half == NULL)
        return "ends_unknown";
    const char *id = rocketmq_frame_field(request, "transactionId");
    if (broker->plan->strict && g_strcmp0(id, half->id) != 0)
        return "ends_bad";
    switch (number_of(rocketmq_frame_field(request, "commitOrRollback"))) {
    case COMMIT:
        return "committed";
    case ROLLBACK:
        return "rolled_back";
    case UNDECIDED:
        return "ends_undecided";
    default:
        return "ends_bad";
    }
}

static void on_end(connection_t *connection, const struct rocketmq_frame *request)
{
    struct broker *broker = connection_context(connection);
    const Mock__RocketmqPlan *plan = broker->plan;
    count(broker, "ends");
    const char *name = rocketmq_frame_field(request, "producerGroup");
    struct group *group = name ? g_hash_table_lookup(broker->groups, name) : NULL;
    guint at;
    struct half *half =
        group ? find_half(group, rocketmq_frame_field(request, "commitLogOffset"), &at) : NULL;
    const char *what = outcome(broker, request, half);
    count(broker, what);
    bool settles = !g_str_has_prefix(what, "ends_");
    bool refused = !settles && strcmp(what, "ends_undecided") != 0;
    respond(connection, request, refused ? ILLEGAL : SUCCESS, refused ? what : NULL, NULL, NULL);
    if (half == NULL)
        return;
    if (settles) {
        count(broker, "settled");
        counters_add(broker->counters, "unsettled", -1);
        g_ptr_array_remove_index(group->unsettled, at);
    } else if (plan->ask_again && (!plan->has_rounds || half->rounds < plan->rounds)) {
        push_check(connection, half);
    }
}

/* ---- The other requests ------------------------------------------------------------------ */

static void on_route(connection_t *connection, const struct rocketmq_frame *request)
{
    const struct broker *broker = connection_context(connection);
    json_t *route =
        json_pack("{s:[{s:s, s:i, s:i, s:i, s:i}], s:[{s:s, s:s, s:{s:s}}]}", "queueDatas",
                  "brokerName", broker_name, "readQueueNums", QUEUES, "writeQueueNums", QUEUES,
                  "perm", 6, "topicSynFlag", 0, "brokerDatas", "cluster", broker_name, "brokerName",
                  broker_name, "brokerAddrs", "0", server_address(broker->server));
    respond(connection, request, SUCCESS, NULL, NULL, route);
}

/* A producer that says it is there: what its group left behind is remembered now. */
static void on_heartbeat(connection_t *connection, const struct rocketmq_frame *request)
{
    struct broker *broker = connection_context(connection);
    json_t *body = json_loadb((const char *)request->body, request->body_length, 0, NULL);
    size_t i;
    json_t *producer;
    json_array_foreach(json_object_get(body, "producerDataSet"), i, producer)
    {
        const char *name = json_string_value(json_object_get(producer, "groupName"));
        if (is_group_name(name))
            group_of(broker, name);
    }
    json_decref(body);
    respond(connection, request, SUCCESS, NULL, NULL, NULL);
}

static void add_row(const char *name, gint64 value, void *table)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, value);
    json_object_set_new(table, name, json_string(text));
}

static void on_runtime_info(connection_t *connection, const struct rocketmq_frame *request)
{
    const struct broker *broker = connection_context(connection);
    json_t *table = json_object();
    counters_each(broker->counters, add_row, table);
    respond(connection, request, SUCCESS, NULL, NULL, json_pack("{s:o}", "table", table));
}

static void on_unknown(connection_t *connection, const struct rocketmq_frame *request)
{
    count(connection_context(connection), "requests_unknown");
    g_autofree char *remark =
        g_strdup_printf("request code %" G_GINT64_FORMAT " is not supported", request->code);
    respond(connection, request, NOT_SUPPORTED, remark, NULL, NULL);
}

static const struct {
    gint64 code;
    const char *counter;
    void (*answer)(connection_t *connection, const struct rocketmq_frame *request);
} requests[] = {
    {ROUTE, "requests_105", on_route},
    {HEARTBEAT, "requests_34", on_heartbeat},
    {SEND, "requests_10", on_send},
    {SEND_V2, "requests_310", on_send},
    {SEND_BATCH, "requests_320", on_send},
    {END_TRANSACTION, "requests_37", on_end},
    {RUNTIME_INFO, "requests_28", on_runtime_info},
};

static void answer(connection_t *connection, const struct rocketmq_frame *request)
{
    struct broker *broker = connection_context(connection);
    if (request->flags & ROCKETMQ_RESPONSE)
        return; /* we ask one way only: there is nothing to answer */
    count(broker, "requests");
    for (gsize i = 0; i < G_N_ELEMENTS(requests); i++) {
        if (requests[i].code != request->code)
            continue;
        count(broker, requests[i].counter);
        requests[i].answer(connection, request);
        return;
    }
    on_unknown(connection, request);
}

static gsize take(connection_t *connection, const char *bytes, gsize length)
{
    struct rocketmq_frame frame;
    gsize size;
    const char *why;
    switch (rocketmq_frame_parse((const guint8 *)bytes, length, &frame, &size, &why)) {
    case ROCKETMQ_INCOMPLETE:
        connection_want(connection, size);
        return 0;
    case ROCKETMQ_FRAME:
        answer(connection, &frame);
        rocketmq_frame_clear(&frame);
        return size;
    default:
        counters_add(connection_counters(connection), "frames_bad", 1);
        g_printerr("rocketmq: a frame is refused, and its connection ended: %s\n", why);
        connection_end(connection);
        return length;
    }
}

static const struct service service = {.take = take};

/* ---- The server --------------------------------------------------------------------------- */

static void stop(void *started)
{
    struct broker *broker = started;
    if (broker->server != NULL)
        server_free(broker->server);
    g_hash_table_unref(broker->groups);
    counters_free(broker->counters);
    g_free(broker);
}

static void *start(loop_t *loop, guint port, const ProtobufCMessage *plan, GString *addresses,
                   GError **error)
{
    struct broker *broker = g_new0(struct broker, 1);
    *broker = (struct broker){
        .plan = (const Mock__RocketmqPlan *)plan,
        .counters = counters_new(counted),
        .groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, group_free),
    };
    broker->server = server_new(loop, port, &service, broker, broker->counters, error);
    if (broker->server == NULL) {
        stop(broker);
        return NULL;
    }
    g_string_append(addresses, server_address(broker->server));
    broker->port = number_of(strchr(addresses->str, ':') + 1);
    return broker;
}

static counters_t *counters(const void *started)
{
    const struct broker *broker = started;
    counters_t *all = counters_new(counted);
    counters_sum(all, broker->counters);
    return all;
}

/* ---- The mock ------------------------------------------------------------------------------ */

static const struct mock rocketmq = {
    .doc = "A RocketMQ name server and broker on a loopback port, for producers and their "
           "transactions.\v"
           "It prints its address and serves until SIGTERM. With a COMMAND it runs that instead, "
           "with the address in the environment variable YARD_SERVER, and exits as it does. "
           "Request code 28 (runtime info) asks it what it did.\n\n"
           "  rocketmq --half-messages=10 --checks-per-send=100 -- ./producer\n"
           "  rocketmq --half-messages=10 --checks-per-send=10 --ask-again --rounds=10 --strict\n\n"
           "Exit codes: that of COMMAND, 127 if there is none; 2 usage, 3 it could not do its "
           "work.",
    .flags = rocketmq_flags,
    .plan = &mock__rocketmq_plan__descriptor,
    .set = rocketmq_set,
    .check = rocketmq_check,
    .start = start,
    .counters = counters,
    .stop = stop,
};

int main(int argc, char **argv)
{
    return mock_main(&rocketmq, argc, argv);
}
