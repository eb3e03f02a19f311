/* The mock of memcached: what it answers, and what its faults do. */
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "command/mock.h"
#include "suite.h"
#include "support/procfs.h"
#include "support/tree.h"

/* ---- memcached -------------------------------------------------------------------------- */

static const struct {
    const char *ask, *answer;
} talks[] = {
    {"set a 5 0 3\r\nabc\r\nget a\r\n", "STORED\r\nVALUE a 5 3\r\nabc\r\nEND\r\n"},
    {"set a 5 0 3 noreply\r\nabc\r\nget a b a\r\n",
     "VALUE a 5 3\r\nabc\r\nVALUE a 5 3\r\nabc\r\nEND\r\n"},
    {"set a 0 0 5\r\na\r\nEN\r\nget a\r\n", "STORED\r\nVALUE a 0 5\r\na\r\nEN\r\nEND\r\n"},
    {"set a 0 0 0\r\n\r\nget a\r\n", "STORED\r\nVALUE a 0 0\r\n\r\nEND\r\n"},
    {"add a 0 0 1\r\nx\r\nadd a 0 0 1\r\ny\r\nget a\r\n",
     "STORED\r\nNOT_STORED\r\nVALUE a 0 1\r\nx\r\nEND\r\n"},
    {"replace a 0 0 1\r\nx\r\nadd a 0 0 1\r\ny\r\nreplace a 0 0 1\r\nz\r\nget a\r\n",
     "NOT_STORED\r\nSTORED\r\nSTORED\r\nVALUE a 0 1\r\nz\r\nEND\r\n"},
    {"set a 0 0 1\r\nx\r\ngets a\r\ncas a 0 0 1 1\r\ny\r\ncas a 0 0 1 1\r\nz\r\nget a\r\n"
     "cas b 0 0 1 1\r\nx\r\n",
     "STORED\r\nVALUE a 0 1 1\r\nx\r\nEND\r\nSTORED\r\nEXISTS\r\nVALUE a 0 1\r\ny\r\nEND\r\n"
     "NOT_FOUND\r\n"},
    {"delete a\r\nset a 0 0 1\r\nx\r\ndelete a\r\nget a\r\ndelete a noreply\r\nversion\r\n",
     "NOT_FOUND\r\nSTORED\r\nDELETED\r\nEND\r\nVERSION leakyard-0.1\r\n"},
    {"incr a 1\r\nset a 0 0 2\r\n10\r\nincr a 5\r\ndecr a 20\r\nget a\r\n",
     "NOT_FOUND\r\nSTORED\r\n15\r\n0\r\nVALUE a 0 1\r\n0\r\nEND\r\n"},
    {"set a 0 0 1\r\nx\r\nincr a 1\r\n",
     "STORED\r\nCLIENT_ERROR cannot increment or decrement non-numeric value\r\n"},
    {"set a 0 -1 1\r\nx\r\nget a\r\n", "STORED\r\nEND\r\n"},
    {"set a 0 0 1\r\nx\r\nflush_all\r\nget a\r\n", "STORED\r\nOK\r\nEND\r\n"},
    {"nonsense\r\nget\r\nset a 0 0 x\r\nverbosity 1\r\n",
     "ERROR\r\nERROR\r\nCLIENT_ERROR bad command line format\r\nOK\r\n"},
    {"quit\r\nversion\r\n", ""},
    {"get a", ""},
    {"get user:1 user: item\r\n",
     "VALUE user:1 0 9\r\nuser:1 us\r\nVALUE user: 0 9\r\nuser: use\r\nEND\r\n"},
    {"stats cmd_get requests nosuch\r\n", "STAT cmd_get 0\r\nSTAT requests 1\r\nEND\r\n"},
};

START_TEST(memcached_answers)
{
    struct mock mock;
    mock_start(&mock, "memcached", "--synthesize=user::9", NULL);
    g_autofree char *answer = mock_ask(mock.addresses[0], talks[_i].ask);
    ck_assert_str_eq(answer, talks[_i].answer);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

START_TEST(flags_override_the_plan)
{
    g_autofree char *folder = test_folder();
    write_file(folder, "plan.txtpb",
               "synthesize { prefix: \"u\" bytes: 2 } synthesize { prefix: \"v\" bytes: 2 } "
               "fault { repeat: 3 }\n");
    g_autofree char *plan = g_strdup_printf("--plan=%s/plan.txtpb", folder);
    struct mock mock;
    mock_start(&mock, "memcached", "--synthesize=u:1", plan, "--repeat=1", NULL);
    g_autofree char *answer = mock_ask(mock.addresses[0], "get u v\r\n");
    ck_assert_str_eq(answer, "VALUE u 0 1\r\nu\r\nVALUE v 0 2\r\nv \r\nEND\r\n");
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
    tree_remove(folder, NULL);
}
END_TEST

START_TEST(half_a_request_holds_up_nobody_else)
{
    struct mock mock;
    mock_start(&mock, "memcached", NULL);
    int slow = mock_connect(mock.addresses[0]);
    mock_send(slow, "set a 0 0 3\r\nab", 15);
    g_autofree char *other = mock_ask(mock.addresses[0], "set a 0 0 1\r\nx\r\n");
    ck_assert_str_eq(other, "STORED\r\n");
    mock_send(slow, "c\r\nget a\r", 9);
    g_autofree char *stored = mock_line(slow);
    mock_send(slow, "\n", 1);
    g_autofree char *line = mock_line(slow);
    ck_assert_str_eq(stored, "STORED");
    ck_assert_str_eq(line, "VALUE a 0 3");
    close(slow);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

START_TEST(fifty_megabytes)
{
    enum { LARGEST = 50 << 20 };
    struct mock mock;
    mock_start(&mock, "memcached", NULL);
    g_autofree char *value = g_strnfill(LARGEST + 1, 'x');
    g_autofree char *line = g_strdup_printf("set a 0 0 %u\r\n", LARGEST + (guint)_i);
    int connection = mock_connect(mock.addresses[0]);
    mock_send(connection, line, strlen(line));
    mock_send(connection, value, LARGEST + (gsize)_i);
    mock_send(connection, "\r\nget a\r\n", 9);
    shutdown(connection, SHUT_WR);
    g_autoptr(GByteArray) answer = mock_receive(connection, G_MAXSIZE);
    g_byte_array_append(answer, (const guint8 *)"", 1);
    if (_i == 1) {
        ck_assert_str_eq((char *)answer->data,
                         "SERVER_ERROR object too large for cache\r\nEND\r\n");
    } else {
        static const char begin[] = "STORED\r\nVALUE a 0 52428800\r\n";
        ck_assert_uint_eq(answer->len, strlen(begin) + LARGEST + strlen("\r\nEND\r\n") + 1);
        ck_assert_mem_eq(answer->data, begin, strlen(begin));
        ck_assert(memcmp(answer->data + strlen(begin), value, LARGEST) == 0);
    }
    close(connection);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

/* A client that asks and does not read costs it no more than a few replies. */
START_TEST(a_client_that_does_not_read)
{
    struct mock mock;
    mock_start(&mock, "memcached", "--synthesize=user::1000000", NULL);
    int lazy = mock_connect(mock.addresses[0]);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < 100; i++)
        g_string_append_printf(text, "get user:%u\r\n", i);
    mock_send(lazy, text->str, text->len);
    g_autofree char *first = mock_line(lazy); /* now it has begun */
    ck_assert_str_eq(first, "VALUE user:0 0 1000000");
    g_autofree char *stats = mock_ask(mock.addresses[0], "stats cmd_get\r\n");
    guint64 answered = g_ascii_strtoull(stats + strlen("STAT cmd_get "), NULL, 10);
    ck_assert_uint_ge(answered, 1);
    ck_assert_uint_lt(answered, 50);
    guint64 resident = process_resident_kib(mock.pid);
    ck_assert_msg(resident < 50 * 1024, "%" G_GUINT64_FORMAT " KiB", resident);
    shutdown(lazy, SHUT_WR);
    g_autoptr(GByteArray) rest = mock_receive(lazy, G_MAXSIZE);
    ck_assert_uint_gt(rest->len, 99U * 1000000);
    close(lazy);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

/* ---- memcached's faults --------------------------------------------------------------- */

#define ONE "VALUE u1 0 2\r\nu1\r\n"
#define TWO "VALUE u2 0 2\r\nu2\r\n"

/* What the first gets of `u1 no u2` bring, each on a connection of its own. */
static const struct {
    const char *plan, *answers[5], *counts;
} faults[] = {
    {"fault { repeat: 2 }", {ONE ONE TWO TWO "END\r\n"}, "fault_repeated 2"},
    {"fault { cut_after: 0 }", {""}, "get_misses 0"},
    {"fault { cut_after: 1 }", {ONE}, "fault_cut 1"},
    {"fault { cut_after: 2 }", {ONE TWO}, "fault_cut 1"},
    {"fault { cut_after: 9 }", {ONE TWO}, "fault_cut 1"},
    {"fault { cut_after: 1 cut_bytes: 1 }", {ONE "VALUE u2 0 2\r\nu"}, "values_sent 1"},
    {"fault { cut_after: 1 cut_bytes: 9 }", {ONE "VALUE u2 0 2\r\nu2"}, "values_sent 1"},
    {"fault { cut_after: 1 } fault { repeat: 2 }", {ONE}, "fault_repeated 0"},
    {"fault { cut_after: 2 } fault { repeat: 2 }", {ONE ONE}, "fault_repeated 1"},
    {"fault { cut_after: 3 } fault { repeat: 2 }", {ONE ONE TWO}, "fault_repeated 1"},
    {"fault { cut_after: 0 from_request: 2 to_request: 3 }",
     {ONE TWO "END\r\n", "", "", ONE TWO "END\r\n"},
     "fault_cut 2"},
    {"fault { cut_after: 0 every: 2 from_request: 2 }",
     {ONE TWO "END\r\n", "", ONE TWO "END\r\n", "", ONE TWO "END\r\n"},
     "fault_cut 2"},
    {"fault { refuse: true to_request: 1 }", {"", ONE TWO "END\r\n"}, "fault_refused 1"},
    {"servers: 2 fault { cut_after: 0 server: 1 }", {ONE TWO "END\r\n"}, "fault_cut 0"},
    {"servers: 2 fault { cut_after: 0 server: 0 }", {""}, "fault_cut 1"},
};

START_TEST(faults_do_what_they_say)
{
    g_autofree char *folder = test_folder();
    write_file(folder, "plan.txtpb", faults[_i].plan);
    g_autofree char *flag = g_strdup_printf("--plan=%s/plan.txtpb", folder);
    struct mock mock;
    mock_start(&mock, "memcached", flag, "--synthesize=u:2", "--counts", NULL);
    for (gsize i = 0; i < 5 && faults[_i].answers[i] != NULL; i++) {
        g_autofree char *answer = mock_ask(mock.addresses[0], "get u1 no u2\r\n");
        ck_assert_str_eq(answer, faults[_i].answers[i]);
    }
    g_autofree char *said = NULL;
    ck_assert_int_eq(mock_end(&mock, SIGTERM, &said), 0);
    ck_assert_msg(strstr(said, faults[_i].counts) != NULL, "%s", said);
    tree_remove(folder, NULL);
}
END_TEST

/* A cut ends a connection for good: what was asked after it gets no answer. The client
 * need not end its own side to be told, and a late reply is still sent first. */
START_TEST(a_cut_ends_the_connection)
{
    static const char text[] = "version\r\nget u1\r\nversion\r\n";
    struct mock mock;
    mock_start(&mock, "memcached", "--cut-after=1", "--synthesize=u:2",
               _i ? "--delay-ms=20" : "--counts", NULL);
    int connection = mock_connect(mock.addresses[0]);
    mock_send(connection, text, strlen(text));
    g_autoptr(GByteArray) answer = mock_receive(connection, G_MAXSIZE);
    g_byte_array_append(answer, (const guint8 *)"", 1);
    ck_assert_str_eq((char *)answer->data, "VERSION leakyard-0.1\r\n" ONE);
    close(connection);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

START_TEST(a_refused_client_reads_the_end)
{
    struct mock mock;
    mock_start(&mock, "memcached", "--refuse", NULL);
    int connection = mock_connect(mock.addresses[0]);
    mock_send(connection, "version\r\n", 9);
    g_autoptr(GByteArray) answer = mock_receive(connection, G_MAXSIZE);
    ck_assert_uint_eq(answer->len, 0);
    close(connection);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

START_TEST(a_late_answer_delays_only_its_connection)
{
    enum { DELAY_MS = 300 };
    struct mock mock;
    mock_start(&mock, "memcached", "--delay-ms=300", "--synthesize=u:2", NULL);
    int slow = mock_connect(mock.addresses[0]);
    gint64 begun = g_get_monotonic_time();
    mock_send(slow, "get u1\r\nversion\r\n", 17);
    g_autofree char *other = mock_ask(mock.addresses[0], "version\r\nstats fault_delayed\r\n");
    g_autoptr(GByteArray) answer = mock_receive(slow, strlen(ONE "END\r\nVERSION"));
    gint64 took = g_get_monotonic_time() - begun;
    ck_assert_str_eq(other, "VERSION leakyard-0.1\r\nSTAT fault_delayed 1\r\nEND\r\n");
    ck_assert_mem_eq(answer->data, ONE "END\r\nVERSION", answer->len);
    ck_assert_int_ge(took, DELAY_MS * 1000);
    close(slow);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

START_TEST(each_key_is_with_one_server)
{
    struct mock mock;
    mock_start(&mock, "memcached", "--servers=3", "--buckets=16", "--synthesize=user::3", NULL);
    guint with[3] = {0};
    for (guint i = 0; i < 60; i++) {
        g_autofree char *ask = g_strdup_printf("get user:%u\r\n", i);
        guint found = 0;
        for (guint server = 0; server < 3; server++) {
            g_autofree char *answer = mock_ask(mock.addresses[server], ask);
            bool here = g_str_has_prefix(answer, "VALUE");
            found += here;
            with[server] += here;
        }
        ck_assert_uint_eq(found, 1);
    }
    ck_assert(with[0] > 0 && with[1] > 0 && with[2] > 0);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

START_TEST(what_it_did_is_true)
{
    struct mock mock;
    mock_start(&mock, "memcached", "--servers=2", "--counts", NULL);
    for (guint i = 0; i < 2; i++) {
        g_autofree char *answer =
            mock_ask(mock.addresses[i], "set a 0 0 1\r\nx\r\nget a b\r\ndelete b\r\nnonsense\r\n");
        ck_assert_ptr_nonnull(strstr(answer, "STORED"));
    }
    g_autofree char *stats = mock_ask(mock.addresses[0], "stats\r\n");
    g_autofree char *said = NULL;
    ck_assert_int_eq(mock_end(&mock, SIGTERM, &said), 0);
    static const char *const of_one[] = {
        "cmd_get 1",    "cmd_set 1",      "curr_items 1",  "delete_misses 1", "get_hits 1",
        "get_misses 1", "requests_bad 1", "values_sent 1", "requests 4",      "connections 2",
    };
    static const char *const of_both =
        "^bytes_read 97\nbytes_written [0-9]+\ncmd_flush 0\ncmd_get 2\ncmd_set 2\nconnections 3\n"
        "connections_open 0\ncurr_items 2\n";
    for (gsize i = 0; i < G_N_ELEMENTS(of_one); i++) {
        g_autofree char *row = g_strdup_printf("STAT %s\r\n", of_one[i]);
        ck_assert_msg(strstr(stats, row) != NULL, "no %s in %s", row, stats);
    }
    ck_assert_msg(g_regex_match_simple(of_both, said, 0, 0), "%s", said);
}
END_TEST

/* ---- Leaving nothing behind ------------------------------------------------------------- */

START_TEST(memcached_is_clean_under_memcheck)
{
    char *words[] = {TEST_BUILD "/mocks/memcached", "--servers=2", "--synthesize=u:5000",
                     "--delay-ms=60000", NULL};
    struct mock mock;
    mock_start_checked(&mock, words);
    g_autofree char *answer = mock_ask(
        mock.addresses[0], "set a 0 0 1\r\n1\r\nincr a 1\r\ndelete a\r\nadd a 0 0 0\r\n\r\n"
                           "nonsense\r\nflush_all\r\nset a 0 0 x\r\nversion\r\nquit\r\n");
    ck_assert_str_eq(answer, "STORED\r\n2\r\nDELETED\r\nSTORED\r\nERROR\r\nOK\r\n"
                             "CLIENT_ERROR bad command line format\r\nVERSION leakyard-0.1\r\n");
    int delayed = mock_connect(mock.addresses[1]);
    mock_send(delayed, "get u1 u2\r\n", 11);
    int open = mock_connect(mock.addresses[1]);
    mock_send(open, "set a 0 0 30\r\nhalf of", 21);
    g_autofree char *stats = mock_ask(mock.addresses[1], "stats fault_delayed\r\n");
    ck_assert_str_eq(stats, "STAT fault_delayed 1\r\nEND\r\n");
    mock_end_checked(&mock);
    close(delayed);
    close(open);
}
END_TEST

/* A client that comes and goes a thousand times leaves no descriptor. */
START_TEST(connections_leave_no_descriptor)
{
    struct mock mock;
    mock_start(&mock, "memcached", "--cut-after=0", "--synthesize=u:1", NULL);
    g_autofree char *first = mock_ask(mock.addresses[0], "version\r\n");
    struct process_facts before, after;
    ck_assert(process_facts_read(mock.pid, &before, NULL));
    for (guint i = 0; i < 1000; i++) {
        g_autofree char *answer = mock_ask(mock.addresses[0], i % 2 ? "version\r\n" : "get u\r\n");
        ck_assert_str_eq(answer, i % 2 ? first : "");
    }
    g_autofree char *open = mock_ask(mock.addresses[0], "stats connections_open\r\n");
    ck_assert_str_eq(open, "STAT connections_open 1\r\nEND\r\n");
    ck_assert(process_facts_read(mock.pid, &after, NULL));
    ck_assert_uint_le(after.descriptors, before.descriptors + 1);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

static Suite *mock_memcached(void)
{
    Suite *suite = suite_create("mock_memcached");
    TCase *memcached = tcase_create("memcached");
    tcase_set_timeout(memcached, 120);
    tcase_add_loop_test(memcached, memcached_answers, 0, G_N_ELEMENTS(talks));
    tcase_add_test(memcached, flags_override_the_plan);
    tcase_add_test(memcached, half_a_request_holds_up_nobody_else);
    tcase_add_loop_test(memcached, fifty_megabytes, 0, 2);
    tcase_add_test(memcached, a_client_that_does_not_read);
    tcase_add_loop_test(memcached, faults_do_what_they_say, 0, G_N_ELEMENTS(faults));
    tcase_add_loop_test(memcached, a_cut_ends_the_connection, 0, 2);
    tcase_add_test(memcached, a_refused_client_reads_the_end);
    tcase_add_test(memcached, a_late_answer_delays_only_its_connection);
    tcase_add_test(memcached, each_key_is_with_one_server);
    tcase_add_test(memcached, what_it_did_is_true);
    suite_add_tcase(suite, memcached);
    TCase *nothing = tcase_create("nothing left");
    tcase_set_timeout(nothing, 300);
    tcase_add_test(nothing, memcached_is_clean_under_memcheck);
    tcase_add_test(nothing, connections_leave_no_descriptor);
    suite_add_tcase(suite, nothing);
    return suite;
}
SUITE(mock_memcached);
