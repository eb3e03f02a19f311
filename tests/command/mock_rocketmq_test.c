/* The mock of RocketMQ: what it answers, and what it asks. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "command/mock.h"
#include "rocketmq/frame.h"
#include "suite.h"

/* ---- RocketMQ ------------------------------------------------------------------------- */

/* Sends a request of CODE; takes FIELDS over. */
static void request_with(int connection, gint64 code, gint64 flags, json_t *fields,
                         const char *body, gsize body_length)
{
    struct rocketmq_frame frame = {.code = code,
                                   .opaque = code + 1000,
                                   .flags = flags,
                                   .fields = fields,
                                   .body = (const guint8 *)body,
                                   .body_length = body_length};
    g_autoptr(GBytes) bytes = rocketmq_frame_write(&frame);
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    mock_send(connection, data, length);
    json_decref(fields);
}

static void request(int connection, gint64 code, gint64 flags, json_t *fields)
{
    request_with(connection, code, flags, fields, "body", 4);
}

/* The next frame; its body lies in BYTES. Clear with rocketmq_frame_clear. */
static struct rocketmq_frame receive(int connection, GByteArray **bytes)
{
    *bytes = mock_receive(connection, 4);
    ck_assert_uint_eq((*bytes)->len, 4);
    guint32 length;
    memcpy(&length, (*bytes)->data, sizeof length);
    g_autoptr(GByteArray) rest = mock_receive(connection, GUINT32_FROM_BE(length));
    g_byte_array_append(*bytes, rest->data, rest->len);
    struct rocketmq_frame frame;
    gsize size;
    const char *why = "";
    ck_assert_msg(rocketmq_frame_parse((*bytes)->data, (*bytes)->len, &frame, &size, &why) ==
                      ROCKETMQ_FRAME,
                  "%s", why);
    return frame;
}

/* The body of the answer to a request, as JSON. */
static json_t *ask_json(int connection, gint64 code, json_t *fields)
{
    request(connection, code, 0, fields);
    g_autoptr(GByteArray) bytes = NULL;
    struct rocketmq_frame frame = receive(connection, &bytes);
    ck_assert_int_eq(frame.code, 0);
    ck_assert_int_eq(frame.opaque, code + 1000);
    ck_assert_int_eq(frame.flags, ROCKETMQ_RESPONSE);
    json_t *json = json_loadb((const char *)frame.body, frame.body_length, 0, NULL);
    rocketmq_frame_clear(&frame);
    return json;
}

/* What code 28 says of NAME. */
static gint64 count_of(int connection, const char *name)
{
    json_t *info = ask_json(connection, 28, NULL);
    const char *value = json_string_value(json_object_get(json_object_get(info, "table"), name));
    ck_assert_msg(value != NULL, "no %s", name);
    gint64 count = g_ascii_strtoll(value, NULL, 10);
    json_decref(info);
    return count;
}

/* Sends a message; counts the checks that come before the answer, and answers each, if
 * STATE is none -1, with that and an ID (NULL: the right one). Returns how many. */
static guint send_message(int connection, const char *properties, int state, const char *id)
{
    request(connection, 10, 0,
            json_pack("{s:s, s:s, s:s, s:s}", "producerGroup", "orders", "topic", "t", "queueId",
                      "2", "properties", properties));
    for (guint checks = 0;; checks++) {
        g_autoptr(GByteArray) bytes = NULL;
        struct rocketmq_frame frame = receive(connection, &bytes);
        if (frame.code == 0) {
            ck_assert_str_eq(rocketmq_frame_field(&frame, "queueId"), "2");
            ck_assert_uint_eq(strlen(rocketmq_frame_field(&frame, "msgId")), 32);
            rocketmq_frame_clear(&frame);
            return checks;
        }
        ck_assert_int_eq(frame.code, 39);
        ck_assert_int_eq(frame.flags, ROCKETMQ_ONE_WAY);
        static const char name[] = "__transactionId__\1";
        const char *own = memmem(bytes->data, bytes->len, name, strlen(name));
        ck_assert_ptr_nonnull(own);
        g_autofree char *right = g_strndup(own + strlen(name), 32);
        g_autofree char *state_text = g_strdup_printf("%d", state);
        if (state >= 0)
            request(connection, 37, ROCKETMQ_ONE_WAY,
                    json_pack("{s:s, s:s, s:s, s:s}", "producerGroup", "orders", "commitLogOffset",
                              rocketmq_frame_field(&frame, "commitLogOffset"), "commitOrRollback",
                              state_text, "transactionId", id ? id : right));
        rocketmq_frame_clear(&frame);
    }
}

START_TEST(every_topic_is_here)
{
    struct mock mock;
    mock_start(&mock, "rocketmq", NULL);
    int connection = mock_connect(mock.addresses[0]);
    json_t *route = ask_json(connection, 105, json_pack("{s:s}", "topic", "anything"));
    json_t *broker = json_array_get(json_object_get(route, "brokerDatas"), 0);
    json_t *addresses = json_object_get(broker, "brokerAddrs");
    ck_assert_str_eq(json_string_value(json_object_get(addresses, "0")), mock.addresses[0]);
    json_t *queues = json_array_get(json_object_get(route, "queueDatas"), 0);
    ck_assert_int_eq(json_integer_value(json_object_get(queues, "writeQueueNums")), 4);
    json_decref(route);
    close(connection);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

/* Exactly so many, and all of them before the answer. */
START_TEST(checks_come_before_the_answer)
{
    struct mock mock;
    mock_start(&mock, "rocketmq", "--half-messages=3", "--checks-per-send=7", NULL);
    int connection = mock_connect(mock.addresses[0]);
    for (guint i = 1; i <= 3; i++) {
        ck_assert_uint_eq(send_message(connection, "", -1, NULL), 7);
        ck_assert_int_eq(count_of(connection, "checks"), 7 * i);
        ck_assert_int_eq(count_of(connection, "messages"), i);
    }
    ck_assert_int_eq(count_of(connection, "unsettled"), 3);
    close(connection);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

static const struct {
    bool strict;
    int state;
    const char *id; /* NULL: the right one */
    gint64 settled, committed, bad, undecided;
} ends[] = {
    {true, 8, NULL, 4, 4, 0, 0}, {true, 12, NULL, 4, 0, 0, 0},    {true, 8, "wrong", 0, 0, 4, 0},
    {true, 8, "", 0, 0, 4, 0},   {true, 0, NULL, 0, 0, 0, 4},     {false, 8, "wrong", 4, 4, 0, 0},
    {false, 8, "", 4, 4, 0, 0},  {false, 0, "wrong", 0, 0, 0, 4}, {false, 5, NULL, 0, 0, 4, 0},
};

START_TEST(ends_settle)
{
    struct mock mock;
    mock_start(&mock, "rocketmq", "--half-messages=4", "--checks-per-send=4",
               ends[_i].strict ? "--strict" : "--counts", NULL);
    int connection = mock_connect(mock.addresses[0]);
    ck_assert_uint_eq(send_message(connection, "", ends[_i].state, ends[_i].id), 4);
    ck_assert_int_eq(count_of(connection, "ends"), 4);
    ck_assert_int_eq(count_of(connection, "settled"), ends[_i].settled);
    ck_assert_int_eq(count_of(connection, "unsettled"), 4 - ends[_i].settled);
    ck_assert_int_eq(count_of(connection, "committed"), ends[_i].committed);
    ck_assert_int_eq(count_of(connection, "ends_bad"), ends[_i].bad);
    ck_assert_int_eq(count_of(connection, "ends_undecided"), ends[_i].undecided);
    ck_assert_uint_eq(send_message(connection, "", -1, NULL), ends[_i].settled ? 0 : 4);
    close(connection);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

/* Asked again until `rounds`, and not without --ask-again. */
START_TEST(it_asks_again)
{
    struct mock mock;
    mock_start(&mock, "rocketmq", "--half-messages=1", "--checks-per-send=1", "--ask-again",
               "--rounds=3", NULL);
    int connection = mock_connect(mock.addresses[0]);
    for (gint64 sends = 1; sends <= 2; sends++) {
        ck_assert_uint_eq(send_message(connection, "", 0, NULL), 1);
        for (guint again = 0; again < 2; again++) {
            g_autoptr(GByteArray) bytes = NULL;
            struct rocketmq_frame check = receive(connection, &bytes);
            ck_assert_int_eq(check.code, 39);
            request(connection, 37, ROCKETMQ_ONE_WAY,
                    json_pack("{s:s, s:s, s:s}", "producerGroup", "orders", "commitLogOffset",
                              rocketmq_frame_field(&check, "commitLogOffset"), "commitOrRollback",
                              "0"));
            rocketmq_frame_clear(&check);
        }
        ck_assert_int_eq(count_of(connection, "checks"), 3 * sends);
        ck_assert_int_eq(count_of(connection, "ends_undecided"), 3 * sends);
    }
    close(connection);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

START_TEST(a_half_message_waits_to_be_settled)
{
    struct mock mock;
    mock_start(&mock, "rocketmq", "--checks-per-send=1", "--strict", NULL);
    int connection = mock_connect(mock.addresses[0]);
    static const char half[] = "TRAN_MSG\1true\2PGROUP\1orders\2UNIQ_KEY\1key\2";
    ck_assert_uint_eq(send_message(connection, half, -1, NULL), 0);
    ck_assert_int_eq(count_of(connection, "half_messages"), 1);
    ck_assert_int_eq(count_of(connection, "messages"), 0);
    ck_assert_uint_eq(send_message(connection, "A\1b\2", 8, NULL), 1);
    ck_assert_int_eq(count_of(connection, "settled"), 1);
    ck_assert_int_eq(count_of(connection, "messages"), 1);
    close(connection);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

/* The next answer is that to the next request. */
START_TEST(one_way_is_not_answered)
{
    struct mock mock;
    mock_start(&mock, "rocketmq", NULL);
    int connection = mock_connect(mock.addresses[0]);
    request(connection, 10, ROCKETMQ_ONE_WAY,
            json_pack("{s:s, s:s}", "producerGroup", "orders", "topic", "t"));
    ck_assert_int_eq(count_of(connection, "messages"), 1);
    close(connection);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

/* Each message of a batch has an offset of its own. */
START_TEST(a_batch_is_many_messages)
{
    struct mock mock;
    mock_start(&mock, "rocketmq", NULL);
    int connection = mock_connect(mock.addresses[0]);
    static const char three[] = "\0\0\0\5a\0\0\0\5b\0\0\0\5c";
    static const char *const offsets[] = {"0", "3"};
    for (guint i = 0; i < G_N_ELEMENTS(offsets); i++) {
        request_with(connection, 320, 0, json_pack("{s:s, s:s}", "a", "orders", "b", "t"), three,
                     sizeof three - 1);
        g_autoptr(GByteArray) bytes = NULL;
        struct rocketmq_frame answer = receive(connection, &bytes);
        ck_assert_int_eq(answer.code, 0);
        ck_assert_str_eq(rocketmq_frame_field(&answer, "queueOffset"), offsets[i]);
        rocketmq_frame_clear(&answer);
    }
    ck_assert_int_eq(count_of(connection, "messages"), 6);
    close(connection);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

/* One that is none of ours is refused; the next is answered. */
START_TEST(odd_requests)
{
    struct mock mock;
    mock_start(&mock, "rocketmq", NULL);
    int connection = mock_connect(mock.addresses[0]);
    static const gint64 codes[] = {11, 10, 37};
    static const gint64 answers[] = {3, 13, 13};
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++)
        request(connection, codes[i], 0, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        g_autoptr(GByteArray) bytes = NULL;
        struct rocketmq_frame frame = receive(connection, &bytes);
        ck_assert_int_eq(frame.code, answers[i]);
        ck_assert_int_eq(frame.opaque, codes[i] + 1000);
        rocketmq_frame_clear(&frame);
    }
    ck_assert_int_eq(count_of(connection, "requests_unknown"), 1);
    ck_assert_int_eq(count_of(connection, "requests_bad"), 1);
    ck_assert_int_eq(count_of(connection, "ends_unknown"), 1);
    close(connection);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

START_TEST(a_broken_frame_ends_its_connection_alone)
{
    struct mock mock;
    mock_start(&mock, "rocketmq", NULL);
    int sound = mock_connect(mock.addresses[0]);
    g_autofree char *answer = mock_ask(mock.addresses[0], "GET / HTTP/1.0\r\n\r\n");
    ck_assert_str_eq(answer, "");
    ck_assert_int_eq(count_of(sound, "frames_bad"), 1);
    close(sound);
    g_autofree char *said = NULL;
    ck_assert_int_eq(mock_end(&mock, SIGTERM, &said), 0);
    ck_assert_ptr_nonnull(strstr(said, "it is too large"));
}
END_TEST

/* ---- Leaving nothing behind ------------------------------------------------------------- */

START_TEST(rocketmq_is_clean_under_memcheck)
{
    char *words[] = {TEST_BUILD "/mocks/rocketmq", "--half-messages=4", "--checks-per-send=4",
                     "--strict", NULL};
    struct mock mock;
    mock_start_checked(&mock, words);
    int connection = mock_connect(mock.addresses[0]);
    send_message(connection, "", 8, "wrong");
    send_message(connection, "TRAN_MSG\1true\2", -1, NULL);
    json_decref(ask_json(connection, 105, NULL));
    request(connection, 11, 0, NULL);
    mock_send(connection, "\0\0\0\xff", 4);
    g_autofree char *answer = mock_ask(mock.addresses[0], "nonsense");
    ck_assert_str_eq(answer, "");
    mock_end_checked(&mock);
    close(connection);
}
END_TEST

static Suite *mock_rocketmq(void)
{
    Suite *suite = suite_create("mock_rocketmq");
    TCase *rocketmq = tcase_create("rocketmq");
    tcase_set_timeout(rocketmq, 120);
    tcase_add_test(rocketmq, every_topic_is_here);
    tcase_add_test(rocketmq, checks_come_before_the_answer);
    tcase_add_loop_test(rocketmq, ends_settle, 0, G_N_ELEMENTS(ends));
    tcase_add_test(rocketmq, it_asks_again);
    tcase_add_test(rocketmq, a_half_message_waits_to_be_settled);
    tcase_add_test(rocketmq, one_way_is_not_answered);
    tcase_add_test(rocketmq, a_batch_is_many_messages);
    tcase_add_test(rocketmq, odd_requests);
    tcase_add_test(rocketmq, a_broken_frame_ends_its_connection_alone);
    suite_add_tcase(suite, rocketmq);
    TCase *nothing = tcase_create("nothing left");
    tcase_set_timeout(nothing, 300);
    tcase_add_test(nothing, rocketmq_is_clean_under_memcheck);
    suite_add_tcase(suite, nothing);
    return suite;
}
SUITE(mock_rocketmq);
