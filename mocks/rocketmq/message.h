/*
 * Messages as a broker stores them and hands them out, and their properties.
 * Pure: bytes in, structures out, and back.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum {
    ROCKETMQ_LONGEST_TOPIC = 127,
    ROCKETMQ_LONGEST_PROPERTIES = 32767,

    ROCKETMQ_PREPARED = 4, /* in system_flags: a half message */
};

struct rocketmq_message {
    guint32 queue, flags, system_flags, reconsumed;
    guint64 queue_offset, log_offset;
    guint64 born_ms, stored_ms; /* since 1970 */
    guint32 host, port;         /* both of who sent and of who stores it */
    const char *topic;
    const char *properties; /* NAME \1 VALUE \2 … */
    const guint8 *body;
    gsize body_length;
};

/* Free with g_bytes_unref. Topic and properties are no longer than they may be. */
GBytes *rocketmq_message_write(const struct rocketmq_message *message);

/* The id that tells where it is stored: host, port and log offset. Free with g_free. */
char *rocketmq_message_id(const struct rocketmq_message *message);

/* A property's value; NULL if there is none. Free with g_free. */
char *rocketmq_property(const char *properties, const char *name);

/* How many messages the body of a batch holds; -1 if it is damaged. */
gint64 rocketmq_batch_size(const guint8 *body, gsize length);
