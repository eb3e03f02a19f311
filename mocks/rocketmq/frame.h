/*
 * The frames of RocketMQ's remoting protocol: bytes in, frames out, and back. It
 * knows no sockets and keeps nothing.
 *
 * be32 length of what follows, be32 codec << 24 | length of the header, header, body.
 * Of the two codecs this is the one in JSON, which clients speak unless told otherwise.
 */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

enum {
    ROCKETMQ_LARGEST_FRAME = 16 << 20, /* a real broker takes no more either */

    ROCKETMQ_RESPONSE = 1, /* bits of flags */
    ROCKETMQ_ONE_WAY = 2,
};

struct rocketmq_frame {
    gint64 code;
    gint64 opaque; /* a response has that of its request */
    gint64 flags;
    const char *remark; /* may be NULL; borrowed from `header` in what was parsed */
    json_t *fields;     /* an object of strings, or NULL; borrowed likewise */
    const guint8 *body; /* borrowed from the bytes */
    gsize body_length;
    json_t *header; /* what was parsed, owned; else NULL */
};

enum rocketmq_step {
    ROCKETMQ_INCOMPLETE, /* SIZE bytes at least are needed */
    ROCKETMQ_FRAME,      /* it was SIZE bytes long */
    ROCKETMQ_BROKEN,     /* WHY says what is wrong; what follows makes no sense either */
};

/* Looks at the front of LENGTH bytes. FRAME is cleared with rocketmq_frame_clear if it
 * is ROCKETMQ_FRAME. */
enum rocketmq_step rocketmq_frame_parse(const guint8 *bytes, gsize length,
                                        struct rocketmq_frame *frame, gsize *size,
                                        const char **why);
void rocketmq_frame_clear(struct rocketmq_frame *frame);

/* An extension field; NULL if it has none, or it is no string. */
const char *rocketmq_frame_field(const struct rocketmq_frame *frame, const char *name);

/* The frame as bytes; `header` is not looked at. Free with g_bytes_unref. */
GBytes *rocketmq_frame_write(const struct rocketmq_frame *frame);
