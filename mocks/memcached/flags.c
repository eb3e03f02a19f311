#include "memcached/flags.h"

#include <string.h>

#include "memcached/protocol.h"
#include "support/failure.h"

enum {
    KEY_SERVERS = MOCK_KEY,
    KEY_BUCKETS,
    KEY_SYNTHESIZE,
    KEY_REPEAT,
    KEY_CUT_AFTER,
    KEY_CUT_BYTES,
    KEY_DELAY,
    KEY_REFUSE,
};

const struct argp_option memcached_flags[] = {
    {"servers", KEY_SERVERS, "N", 0, "so many servers, at ports of their own", 2},
    {"synthesize", KEY_SYNTHESIZE, "PREFIX:BYTES", 0,
     "every key that begins so exists, and has a value of so many bytes; again for more", 2},
    {"buckets", KEY_BUCKETS, "N", 0,
     "such a key exists only on the server that owns it: FNV-1a of the key, modulo N, modulo the "
     "number of servers",
     2},
    {"repeat", KEY_REPEAT, "N", 0, "answer each key N times", 3},
    {"cut-after", KEY_CUT_AFTER, "N", 0, "end the connection after N values of a reply, before END",
     3},
    {"cut-bytes", KEY_CUT_BYTES, "N", 0, "with --cut-after: send N bytes of the next value too", 3},
    {"delay-ms", KEY_DELAY, "N", 0, "answer so much later", 3},
    {"refuse", KEY_REFUSE, NULL, 0, "end every connection at once", 3},
    {0},
};

/* Appends a message of TYPE, with its defaults, to a repeated field. */
static void *append(size_t *count, void *list, const ProtobufCMessageDescriptor *type)
{
    void ***messages = list;
    *messages = g_realloc_n(*messages, *count + 1, sizeof(void *));
    void *message = g_malloc(type->sizeof_message);
    protobuf_c_message_init(type, message);
    (*messages)[(*count)++] = message;
    return message;
}

/* What the plan has for PREFIX, which a flag overrides, or else another one. */
static Mock__Synthesized *synthesized(Mock__MemcachedPlan *plan, const char *prefix)
{
    for (size_t i = 0; i < plan->n_synthesize; i++)
        if (g_strcmp0(plan->synthesize[i]->prefix, prefix) == 0)
            return plan->synthesize[i];
    Mock__Synthesized *made =
        append(&plan->n_synthesize, &plan->synthesize, &mock__synthesized__descriptor);
    made->prefix = g_strdup(prefix);
    return made;
}

static bool add_synthesized(Mock__MemcachedPlan *plan, const char *argument, GError **error)
{
    const char *colon = strrchr(argument, ':');
    if (colon == NULL)
        return fail(error, EXIT_USAGE, "'%s' is not PREFIX:BYTES", argument);
    g_autofree char *prefix = g_strndup(argument, (gsize)(colon - argument));
    Mock__Synthesized *made = synthesized(plan, prefix);
    made->has_bytes = true;
    return mock_number32(colon + 1, 0, &made->bytes, error);
}

static bool is_restricted(const Mock__MemcachedFault *fault)
{
    return fault->has_server || fault->has_from_request || fault->has_to_request ||
           fault->has_every;
}

/* The fault that concerns everything, which is what flags are about. */
static Mock__MemcachedFault *general_fault(Mock__MemcachedPlan *plan)
{
    for (size_t i = 0; i < plan->n_fault; i++)
        if (!is_restricted(plan->fault[i]))
            return plan->fault[i];
    return append(&plan->n_fault, &plan->fault, &mock__memcached_fault__descriptor);
}

static bool add_fault(Mock__MemcachedPlan *plan, int key, const char *argument, GError **error)
{
    Mock__MemcachedFault *fault = general_fault(plan);
    switch (key) {
    case KEY_REPEAT:
        fault->has_repeat = true;
        return mock_number32(argument, 1, &fault->repeat, error);
    case KEY_CUT_AFTER:
        fault->has_cut_after = true;
        return mock_number32(argument, 0, &fault->cut_after, error);
    case KEY_CUT_BYTES:
        fault->has_cut_bytes = true;
        return mock_number32(argument, 0, &fault->cut_bytes, error);
    case KEY_DELAY:
        fault->has_delay_ms = true;
        return mock_number32(argument, 0, &fault->delay_ms, error);
    default:
        fault->has_refuse = fault->refuse = true;
        return true;
    }
}

bool memcached_set(ProtobufCMessage *message, int key, const char *argument, GError **error)
{
    Mock__MemcachedPlan *plan = (Mock__MemcachedPlan *)message;
    switch (key) {
    case KEY_SERVERS:
        plan->has_servers = true;
        return mock_number32(argument, 1, &plan->servers, error);
    case KEY_BUCKETS:
        plan->has_buckets = true;
        return mock_number32(argument, 1, &plan->buckets, error);
    case KEY_SYNTHESIZE:
        return add_synthesized(plan, argument, error);
    default:
        return add_fault(plan, key, argument, error);
    }
}

static bool check_fault(const Mock__MemcachedPlan *plan, const Mock__MemcachedFault *fault,
                        GError **error)
{
    if (fault->every == 0 || fault->from_request == 0 || fault->repeat == 0)
        return fail(error, EXIT_USAGE, "a fault's every, from_request and repeat are 1 or more");
    if (fault->has_cut_bytes && !fault->has_cut_after)
        return fail(error, EXIT_USAGE, "a fault with cut_bytes needs cut_after too");
    if (fault->has_server && fault->server >= plan->servers)
        return fail(error, EXIT_USAGE, "a fault is for server %u, and the last one is %u",
                    fault->server, plan->servers - 1);
    return true;
}

bool memcached_check(const ProtobufCMessage *message, GError **error)
{
    const Mock__MemcachedPlan *plan = (const Mock__MemcachedPlan *)message;
    if (plan->servers == 0 || plan->servers > 256)
        return fail(error, EXIT_USAGE, "servers are 1 to 256, not %u", plan->servers);
    if (plan->has_buckets && plan->buckets == 0)
        return fail(error, EXIT_USAGE, "buckets are 1 or more");
    for (size_t i = 0; i < plan->n_synthesize; i++) {
        const Mock__Synthesized *made = plan->synthesize[i];
        if (made->prefix == NULL || made->bytes > MEMCACHED_LARGEST_VALUE)
            return fail(error, EXIT_USAGE,
                        "what is synthesized has a prefix, and %d bytes at the most",
                        MEMCACHED_LARGEST_VALUE);
    }
    for (size_t i = 0; i < plan->n_fault; i++)
        if (!check_fault(plan, plan->fault[i], error))
            return false;
    return true;
}
