/* Whatever comes in, frames are read one after the other, and never beyond the end;
 * what was read is written and read again as the same. */
#include <stdlib.h>
#include <string.h>

#include "rocketmq/frame.h"
#include "rocketmq/message.h"

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length);

static void demand(bool fact)
{
    if (!fact)
        abort();
}

static void look_at_body(const struct rocketmq_frame *frame)
{
    g_autofree char *text = g_strndup((const char *)frame->body, frame->body_length);
    g_autofree char *value = rocketmq_property(text, "A");
    demand(value == NULL || strlen(value) <= frame->body_length);
    demand(rocketmq_batch_size(frame->body, frame->body_length) <= (gint64)frame->body_length);
}

static void write_and_read(const struct rocketmq_frame *frame)
{
    g_autoptr(GBytes) written = rocketmq_frame_write(frame);
    gsize length, size;
    const guint8 *bytes = g_bytes_get_data(written, &length);
    struct rocketmq_frame back;
    const char *why;
    enum rocketmq_step step = rocketmq_frame_parse(bytes, length, &back, &size, &why);
    if (step == ROCKETMQ_BROKEN) { /* it has grown too large */
        demand(length > ROCKETMQ_LARGEST_FRAME);
        return;
    }
    demand(step == ROCKETMQ_FRAME && size == length);
    demand(back.code == frame->code && back.opaque == frame->opaque && back.flags == frame->flags);
    demand(g_strcmp0(back.remark, frame->remark) == 0);
    demand(frame->fields == NULL || json_equal(back.fields, frame->fields));
    demand(back.body_length == frame->body_length &&
           memcmp(back.body, frame->body, back.body_length) == 0);
    rocketmq_frame_clear(&back);
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    struct rocketmq_frame frame;
    gsize size;
    const char *why;
    for (gsize at = 0; at < length; at += size) {
        enum rocketmq_step step =
            rocketmq_frame_parse(bytes + at, length - at, &frame, &size, &why);
        demand(step != ROCKETMQ_INCOMPLETE || size > length - at);
        if (step != ROCKETMQ_FRAME)
            break;
        demand(size <= length - at);
        look_at_body(&frame);
        write_and_read(&frame);
        rocketmq_frame_clear(&frame);
    }
    return 0;
}
