#include <string.h>

#include "rocketmq/frame.h"
#include "rocketmq/message.h"
#include "suite.h"

/* What rocketmq-client-go sent: a plain producer, a batch, one way, a transaction. */
static const char *const recordings[] = {"rocketmq/client-2.0.0.bin", "rocketmq/client-2.1.0.bin"};

static guint8 *recording(int which, gsize *length)
{
    g_autofree char *path = data_path(recordings[which]);
    char *bytes = NULL;
    ck_assert(g_file_get_contents(path, &bytes, length, NULL));
    return (guint8 *)bytes;
}

static const gint64 codes[] = {105, 105, 10, 320, 10, 34, 105, 105, 10, 37, 37, 37, 34};

static int by_value(const void *a, const void *b)
{
    gint64 first = *(const gint64 *)a, second = *(const gint64 *)b;
    return (first > second) - (first < second);
}

/* The connections, and so their frames, may have been recorded in another order. */
static void check_codes(gint64 *seen, gsize count)
{
    gint64 wanted[G_N_ELEMENTS(codes)];
    ck_assert_uint_eq(count, G_N_ELEMENTS(codes));
    memcpy(wanted, codes, sizeof wanted);
    qsort(wanted, count, sizeof *wanted, by_value);
    qsort(seen, count, sizeof *seen, by_value);
    ck_assert_mem_eq(wanted, seen, sizeof wanted);
}

static void check_frame(const struct rocketmq_frame *frame)
{
    ck_assert_int_gt(frame->opaque, 0);
    ck_assert_pstr_eq(frame->remark, "");
    if (frame->code == 105)
        ck_assert_ptr_nonnull(rocketmq_frame_field(frame, "topic"));
    if (frame->code == 320)
        ck_assert_int_eq(rocketmq_batch_size(frame->body, frame->body_length), 2);
    if (frame->code == 34)
        ck_assert_mem_eq(frame->body, "{\"clientID\":", 12);
    const char *properties = rocketmq_frame_field(frame, "properties");
    if (properties != NULL) {
        g_autofree char *key = rocketmq_property(properties, "UNIQ_KEY");
        ck_assert_uint_eq(strlen(key), 32);
    }
}

START_TEST(recorded_frames)
{
    gsize length, at = 0, size, count = 0;
    g_autofree guint8 *bytes = recording(_i, &length);
    gint64 seen[G_N_ELEMENTS(codes) + 1];
    while (at < length) {
        struct rocketmq_frame frame;
        const char *why;
        ck_assert_int_eq(rocketmq_frame_parse(bytes + at, length - at, &frame, &size, &why),
                         ROCKETMQ_FRAME);
        ck_assert_uint_lt(count, G_N_ELEMENTS(seen));
        seen[count++] = frame.code;
        check_frame(&frame);
        rocketmq_frame_clear(&frame);
        at += size;
    }
    ck_assert_uint_eq(at, length);
    check_codes(seen, count);
}
END_TEST

/* The step at each cut of the first frame, in memory that ends at the cut. */
START_TEST(a_frame_cut_anywhere)
{
    gsize length, size, wanted;
    g_autofree guint8 *bytes = recording(_i, &length);
    struct rocketmq_frame frame;
    const char *why;
    ck_assert_int_eq(rocketmq_frame_parse(bytes, length, &frame, &size, &why), ROCKETMQ_FRAME);
    rocketmq_frame_clear(&frame);
    for (gsize cut = 0; cut < size; cut++) {
        g_autofree guint8 *copy = g_memdup2(bytes, cut);
        ck_assert_int_eq(rocketmq_frame_parse(copy, cut, &frame, &wanted, &why),
                         ROCKETMQ_INCOMPLETE);
        ck_assert_uint_eq(wanted, cut < 8 ? 8 : size);
    }
}
END_TEST

/* Every frame with every bit flipped: it is read, waited for or refused, and nothing
 * that is read lies outside of it. */
START_TEST(frames_with_a_flipped_bit)
{
    gsize length, refused = 0, read = 0;
    g_autofree guint8 *bytes = recording(_i, &length);
    gsize at = 0, size;
    while (at < length) {
        struct rocketmq_frame frame;
        const char *why = NULL;
        ck_assert_int_eq(rocketmq_frame_parse(bytes + at, length - at, &frame, &size, &why),
                         ROCKETMQ_FRAME);
        rocketmq_frame_clear(&frame);
        for (gsize flipped = 0; flipped < size * 8; flipped++) {
            g_autofree guint8 *copy = g_memdup2(bytes + at, size);
            copy[flipped / 8] ^= (guint8)(1 << flipped % 8);
            gsize taken;
            enum rocketmq_step step = rocketmq_frame_parse(copy, size, &frame, &taken, &why);
            ck_assert(step != ROCKETMQ_BROKEN || why != NULL);
            ck_assert(step != ROCKETMQ_INCOMPLETE || taken > size);
            refused += step == ROCKETMQ_BROKEN;
            if (step != ROCKETMQ_FRAME)
                continue;
            read++;
            ck_assert_uint_le(taken, size);
            ck_assert(frame.body >= copy && frame.body + frame.body_length == copy + taken);
            rocketmq_frame_clear(&frame);
        }
        at += size;
    }
    ck_assert_uint_gt(refused, 100);
    ck_assert_uint_gt(read, 100);
}
END_TEST

/* ---- Frames that nobody should send ------------------------------------------------ */

static const struct {
    guint32 whole, prefix;
    const char *header, *why; /* NULL: it is fine */
} odd[] = {
    {0, 0, "", "it is too small"},
    {3, 0, "", "it is too small"},
    {0xffffffff, 2, "{}", "it is too large"},
    {0x80000000, 2, "{}", "it is too large"},
    {ROCKETMQ_LARGEST_FRAME + 1, 2, "{}", "it is too large"},
    {6, 0x01000002, "{}", "its header is not in JSON"},
    {6, 3, "{} ", "its header is longer than itself"},
    {6, 0xffffff, "{}", "its header is longer than itself"},
    {4, 0, "", "its header is no JSON object"},
    {6, 2, "[]", "its header is no JSON object"},
    {6, 2, "{{", "its header is no JSON object"},
    {6, 2, "{}", "its header has no code, opaque and flag that are numbers"},
    {36, 32, "{\"code\":1,\"opaque\":2,\"flag\":\"0\"} ",
     "its header has no code, opaque and flag that are numbers"},
    {35, 31, "{\"code\":1,\"opaque\":2,\"flag\":0} ", NULL},
};

START_TEST(odd_frames_are_judged)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    guint32 lengths[] = {GUINT32_TO_BE(odd[_i].whole), GUINT32_TO_BE(odd[_i].prefix)};
    g_byte_array_append(bytes, (const guint8 *)lengths, sizeof lengths);
    g_byte_array_append(bytes, (const guint8 *)odd[_i].header, (guint)strlen(odd[_i].header));
    struct rocketmq_frame frame;
    gsize size;
    const char *why = NULL;
    enum rocketmq_step step = rocketmq_frame_parse(bytes->data, bytes->len, &frame, &size, &why);
    ck_assert_pstr_eq(why, odd[_i].why);
    ck_assert_int_eq(step, odd[_i].why ? ROCKETMQ_BROKEN : ROCKETMQ_FRAME);
    rocketmq_frame_clear(&frame);
}
END_TEST

START_TEST(fields_that_are_no_strings)
{
    struct rocketmq_frame frame = {.fields = json_pack("{s:i, s:s}", "a", 1, "b", "x")};
    ck_assert_ptr_null(rocketmq_frame_field(&frame, "a"));
    ck_assert_str_eq(rocketmq_frame_field(&frame, "b"), "x");
    ck_assert_ptr_null(rocketmq_frame_field(&frame, "c"));
    json_decref(frame.fields);
    frame.fields = NULL;
    ck_assert_ptr_null(rocketmq_frame_field(&frame, "b"));
}
END_TEST

/* What is written is read again. */
START_TEST(there_and_back)
{
    json_t *fields = json_pack("{s:s, s:s}", "topic", "a\1b\2\"\\", "empty", "");
    struct rocketmq_frame frame = {.code = 39,
                                   .opaque = G_MAXINT32,
                                   .flags = ROCKETMQ_ONE_WAY,
                                   .remark = "why",
                                   .fields = _i ? fields : NULL,
                                   .body = (const guint8 *)"body",
                                   .body_length = _i ? 4 : 0};
    g_autoptr(GBytes) bytes = rocketmq_frame_write(&frame);
    gsize length, size;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    struct rocketmq_frame back;
    const char *why;
    ck_assert_int_eq(rocketmq_frame_parse(data, length, &back, &size, &why), ROCKETMQ_FRAME);
    ck_assert_uint_eq(size, length);
    ck_assert_int_eq(back.code, 39);
    ck_assert_int_eq(back.opaque, G_MAXINT32);
    ck_assert_int_eq(back.flags, ROCKETMQ_ONE_WAY);
    ck_assert_str_eq(back.remark, "why");
    ck_assert_pstr_eq(rocketmq_frame_field(&back, "topic"), _i ? "a\1b\2\"\\" : NULL);
    ck_assert_uint_eq(back.body_length, frame.body_length);
    ck_assert_mem_eq(back.body, "body", back.body_length);
    rocketmq_frame_clear(&back);
    json_decref(fields);
}
END_TEST

/* ---- Messages -------------------------------------------------------------------------- */

static const struct rocketmq_message sample = {
    .queue = 1,
    .flags = 2,
    .system_flags = ROCKETMQ_PREPARED,
    .queue_offset = 3,
    .log_offset = 0x0102030405060708,
    .born_ms = 0x1112131415161718,
    .stored_ms = 0x2122232425262728,
    .host = 0x7f000001,
    .port = 10911,
    .topic = "t",
    .properties = "A\1b\2",
    .body = (const guint8 *)"123456789",
    .body_length = 9,
};

/* Byte by byte, as a client reads it; the sum of "123456789" is CRC-32's check value. */
static const guint8 stored[] =
    "\0\0\0\x69\xda\xa3\x20\xa7\xcb\xf4\x39\x26\0\0\0\1\0\0\0\2"
    "\0\0\0\0\0\0\0\3\1\2\3\4\5\6\7\x08\0\0\0\4\x11\x12\x13\x14\x15\x16\x17\x18"
    "\x7f\0\0\1\0\0\x2a\x9f\x21\x22\x23\x24\x25\x26\x27\x28\x7f\0\0\1\0\0\x2a\x9f"
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x09"
    "123456789\1t\0\4"
    "A\1b\2";

START_TEST(a_stored_message)
{
    g_autoptr(GBytes) bytes = rocketmq_message_write(&sample);
    ck_assert_uint_eq(g_bytes_get_size(bytes), sizeof stored - 1);
    ck_assert_mem_eq(g_bytes_get_data(bytes, NULL), stored, sizeof stored - 1);
    g_autofree char *id = rocketmq_message_id(&sample);
    ck_assert_str_eq(id, "7F00000100002A9F0102030405060708");
}
END_TEST

static const struct {
    const char *properties, *name, *value;
} properties[] = {
    {"A\1b\2", "A", "b"},         {"A\1b", "A", "b"},
    {"A\1b\2C\1d\2", "C", "d"},   {"A\1\2C\1d\2", "A", ""},
    {"AB\1x\2A\1y\2", "A", "y"},  {"A\2B\1x\2", "A", NULL},
    {"A\1b\1c\2", "A", "b\1c"},   {"", "A", NULL},
    {"\1\2\1\2", "A", NULL},      {"\1x\2", "", "x"},
    {"A\1b\2\2\2C\1d", "C", "d"},
};

START_TEST(properties_are_found)
{
    g_autofree char *value = rocketmq_property(properties[_i].properties, properties[_i].name);
    ck_assert_pstr_eq(value, properties[_i].value);
}
END_TEST

static const struct {
    const char *body;
    gsize length;
    gint64 count;
} batches[] = {
    {"", 0, 0},          {"\0\0\0\5x", 5, 1},         {"\0\0\0\5x\0\0\0\4", 9, 2},
    {"\0\0\0\5", 4, -1}, {"\0\0\0\3", 4, -1},         {"\0\0\0\0", 4, -1},
    {"\0\0\0", 3, -1},   {"\xff\xff\xff\xff", 4, -1},
};

START_TEST(batches_are_counted)
{
    ck_assert_int_eq(rocketmq_batch_size((const guint8 *)batches[_i].body, batches[_i].length),
                     batches[_i].count);
}
END_TEST

static Suite *rocketmq_frame(void)
{
    Suite *suite = suite_create("rocketmq_frame");
    TCase *frames = tcase_create("frames");
    tcase_set_timeout(frames, 60);
    tcase_add_loop_test(frames, recorded_frames, 0, G_N_ELEMENTS(recordings));
    tcase_add_loop_test(frames, a_frame_cut_anywhere, 0, G_N_ELEMENTS(recordings));
    tcase_add_loop_test(frames, frames_with_a_flipped_bit, 0, G_N_ELEMENTS(recordings));
    tcase_add_loop_test(frames, odd_frames_are_judged, 0, G_N_ELEMENTS(odd));
    tcase_add_test(frames, fields_that_are_no_strings);
    tcase_add_loop_test(frames, there_and_back, 0, 2);
    suite_add_tcase(suite, frames);
    TCase *messages = tcase_create("messages");
    tcase_add_test(messages, a_stored_message);
    tcase_add_loop_test(messages, properties_are_found, 0, G_N_ELEMENTS(properties));
    tcase_add_loop_test(messages, batches_are_counted, 0, G_N_ELEMENTS(batches));
    suite_add_tcase(suite, messages);
    return suite;
}
SUITE(rocketmq_frame);
