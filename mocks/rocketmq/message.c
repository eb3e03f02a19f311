#include "rocketmq/message.h"

#include <string.h>
#include <zlib.h>

#define MAGIC 0xDAA320A7U

static void put(GByteArray *bytes, guint64 value, guint size)
{
    guint64 big = GUINT64_TO_BE(value);
    g_byte_array_append(bytes, (const guint8 *)&big + sizeof big - size, size);
}

static void put_address(GByteArray *bytes, const struct rocketmq_message *message)
{
    put(bytes, message->host, 4);
    put(bytes, message->port, 4);
}

GBytes *rocketmq_message_write(const struct rocketmq_message *message)
{
    GByteArray *bytes = g_byte_array_new();
    gsize topic = strlen(message->topic), properties = strlen(message->properties);
    put(bytes, 0, 4); /* its size, when it is known */
    put(bytes, MAGIC, 4);
    put(bytes, crc32(0, message->body, (guint)message->body_length), 4);
    put(bytes, message->queue, 4);
    put(bytes, message->flags, 4);
    put(bytes, message->queue_offset, 8);
    put(bytes, message->log_offset, 8);
    put(bytes, message->system_flags, 4);
    put(bytes, message->born_ms, 8);
    put_address(bytes, message);
    put(bytes, message->stored_ms, 8);
    put_address(bytes, message);
    put(bytes, message->reconsumed, 4);
    put(bytes, 0, 8); /* where its half message is, once it is none */
    put(bytes, message->body_length, 4);
    g_byte_array_append(bytes, message->body, (guint)message->body_length);
    put(bytes, topic, 1);
    g_byte_array_append(bytes, (const guint8 *)message->topic, (guint)topic);
    put(bytes, properties, 2);
    g_byte_array_append(bytes, (const guint8 *)message->properties, (guint)properties);
    guint32 size = GUINT32_TO_BE(bytes->len);
    memcpy(bytes->data, &size, sizeof size);
    return g_byte_array_free_to_bytes(bytes);
}

char *rocketmq_message_id(const struct rocketmq_message *message)
{
    return g_strdup_printf("%08X%08X%016" G_GINT64_MODIFIER "X", message->host, message->port,
                           message->log_offset);
}

char *rocketmq_property(const char *properties, const char *name)
{
    gsize length = strlen(name);
    for (const char *pair = properties; *pair != '\0';) {
        const char *value = pair + strcspn(pair, "\1\2");
        const char *end = value + strcspn(value, "\2");
        if (*value == '\1' && (gsize)(value - pair) == length && memcmp(pair, name, length) == 0)
            return g_strndup(value + 1, (gsize)(end - value - 1));
        pair = *end == '\0' ? end : end + 1;
    }
    return NULL;
}

gint64 rocketmq_batch_size(const guint8 *body, gsize length)
{
    gint64 count = 0;
    for (gsize at = 0; at < length; count++) {
        guint32 size;
        if (length - at < sizeof size)
            return -1;
        memcpy(&size, body + at, sizeof size);
        size = GUINT32_FROM_BE(size);
        if (size < sizeof size || size > length - at)
            return -1;
        at += size;
    }
    return count;
}
