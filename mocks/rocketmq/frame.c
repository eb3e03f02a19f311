#include "rocketmq/frame.h"

#include <string.h>

enum {
    LENGTH_SIZE = 4,
    PREFIX_SIZE = 8, /* both lengths */
    VERSION = 317,   /* of the broker, as it goes into frames */
};

static guint32 get_be32(const guint8 *bytes)
{
    guint32 value;
    memcpy(&value, bytes, sizeof value);
    return GUINT32_FROM_BE(value);
}

static void put_be32(guint8 *bytes, guint32 value)
{
    value = GUINT32_TO_BE(value);
    memcpy(bytes, &value, sizeof value);
}

/* What is wrong with the header; NULL if nothing. */
static const char *take_header(struct rocketmq_frame *frame, const guint8 *bytes, gsize length)
{
    frame->header = json_loadb((const char *)bytes, length, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(frame->header))
        return "its header is no JSON object";
    json_t *code = json_object_get(frame->header, "code");
    json_t *opaque = json_object_get(frame->header, "opaque");
    json_t *flags = json_object_get(frame->header, "flag");
    if (!json_is_integer(code) || !json_is_integer(opaque) || !json_is_integer(flags))
        return "its header has no code, opaque and flag that are numbers";
    frame->code = json_integer_value(code);
    frame->opaque = json_integer_value(opaque);
    frame->flags = json_integer_value(flags);
    frame->remark = json_string_value(json_object_get(frame->header, "remark"));
    frame->fields = json_object_get(frame->header, "extFields");
    return NULL;
}

enum rocketmq_step rocketmq_frame_parse(const guint8 *bytes, gsize length,
                                        struct rocketmq_frame *frame, gsize *size, const char **why)
{
    *frame = (struct rocketmq_frame){0};
    *size = PREFIX_SIZE;
    if (length < PREFIX_SIZE)
        return ROCKETMQ_INCOMPLETE;
    guint32 whole = get_be32(bytes), prefix = get_be32(bytes + LENGTH_SIZE);
    guint32 header = prefix & 0xffffff;
    *why = whole > ROCKETMQ_LARGEST_FRAME ? "it is too large"
           : whole < LENGTH_SIZE          ? "it is too small"
           : prefix >> 24 != 0            ? "its header is not in JSON"
           : header > whole - LENGTH_SIZE ? "its header is longer than itself"
                                          : NULL;
    if (*why != NULL)
        return ROCKETMQ_BROKEN;
    *size = LENGTH_SIZE + (gsize)whole;
    if (length < *size)
        return ROCKETMQ_INCOMPLETE;
    frame->body = bytes + PREFIX_SIZE + header;
    frame->body_length = *size - PREFIX_SIZE - header;
    *why = take_header(frame, bytes + PREFIX_SIZE, header);
    if (*why == NULL)
        return ROCKETMQ_FRAME;
    rocketmq_frame_clear(frame);
    return ROCKETMQ_BROKEN;
}

void rocketmq_frame_clear(struct rocketmq_frame *frame)
{
    json_decref(frame->header);
    *frame = (struct rocketmq_frame){0};
}

const char *rocketmq_frame_field(const struct rocketmq_frame *frame, const char *name)
{
    return json_string_value(json_object_get(frame->fields, name));
}

GBytes *rocketmq_frame_write(const struct rocketmq_frame *frame)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    json_t *header =
        json_pack("{s:I, s:s, s:i, s:I, s:I, s:s*, s:O*}", "code", frame->code, "language", "OTHER",
                  "version", VERSION, "opaque", frame->opaque, "flag", frame->flags, "remark",
                  frame->remark, "extFields", frame->fields);
    gsize length = json_dumpb(header, NULL, 0, JSON_COMPACT);
    g_byte_array_set_size(bytes, (guint)(PREFIX_SIZE + length));
    put_be32(bytes->data, (guint32)(LENGTH_SIZE + length + frame->body_length));
    put_be32(bytes->data + LENGTH_SIZE, (guint32)length);
    json_dumpb(header, (char *)bytes->data + PREFIX_SIZE, length, JSON_COMPACT);
    json_decref(header);
    if (frame->body_length > 0)
        g_byte_array_append(bytes, frame->body, (guint)frame->body_length);
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}
