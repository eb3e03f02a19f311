/* The mocks as commands: how they start, serve and end, and what they answer. */
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "command/mock.h"
#include "rocketmq/frame.h"
#include "suite.h"
#include "support/procfs.h"
#include "support/tree.h"

static const char *const names[] = {"memcached", "rocketmq"};

static guint port_of(const char *address)
{
    return (guint)g_ascii_strtoull(strchr(address, ':') + 1, NULL, 10);
}

/* ---- Starting and ending ----------------------------------------------------------- */

START_TEST(a_signal_ends_it)
{
    static const int signals[] = {SIGTERM, SIGINT};
    struct mock mock;
    mock_start(&mock, names[_i % 2], "--counts", NULL);
    ck_assert_uint_eq(g_strv_length(mock.addresses), 1);
    ck_assert(g_regex_match_simple("^127\\.0\\.0\\.1:[1-9][0-9]+$", mock.addresses[0], 0, 0));
    g_autofree char *address = g_strdup(mock.addresses[0]);
    int connection = mock_connect(address);
    ck_assert_int_ge(connection, 0);
    g_autofree char *said = NULL;
    ck_assert_int_eq(mock_end(&mock, signals[_i / 2], &said), 0);
    ck_assert(g_regex_match_simple("^connections [01]$", said, G_REGEX_MULTILINE, 0));
    ck_assert_int_eq(mock_connect(address), -1);
    close(connection);
}
END_TEST

START_TEST(several_servers_on_one_line)
{
    struct mock mock;
    mock_start(&mock, "memcached", "--servers=3", NULL);
    ck_assert_uint_eq(g_strv_length(mock.addresses), 3);
    for (guint i = 0; i < 3; i++) {
        g_autofree char *set = mock_ask(mock.addresses[i], "set a 0 0 1\r\nx\r\n");
        ck_assert_str_eq(set, "STORED\r\n");
        ck_assert_uint_ne(port_of(mock.addresses[i]), port_of(mock.addresses[(i + 1) % 3]));
    }
    g_autofree char *answer = mock_ask(mock.addresses[1], "delete a\r\n");
    g_autofree char *other = mock_ask(mock.addresses[2], "get a\r\n");
    ck_assert_str_eq(answer, "DELETED\r\n");
    ck_assert_str_eq(other, "VALUE a 0 1\r\nx\r\nEND\r\n");
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

START_TEST(a_given_port_is_taken)
{
    struct mock mock;
    mock_start(&mock, names[_i], NULL);
    g_autofree char *port = g_strdup_printf("--port=%u", port_of(mock.addresses[0]));
    g_autofree char *wanted = g_strdup_printf("cannot listen at %s (--port=0 takes one that is "
                                              "free): Address already in use",
                                              mock.addresses[0]);
    struct cli cli;
    mock_run(&cli, names[_i], port, NULL);
    ck_assert_int_eq(cli.code, 3);
    ck_assert_str_eq(cli.out, "");
    ck_assert_msg(strstr(cli.err, wanted) != NULL, "%s", cli.err);
    cli_clear(&cli);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
    mock_start(&mock, names[_i], port, NULL);
    ck_assert_uint_eq(port_of(mock.addresses[0]), port_of(strchr(wanted, '.')));
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
}
END_TEST

static const struct {
    const char *name, *flag, *complaint;
} refused[] = {
    {"memcached", "--port=65536", "--port: '65536' is no number from 0 to 65535"},
    {"memcached", "--port=-1", "'-1' is no number"},
    {"memcached", "--port=", "'' is no number"},
    {"memcached", "--nosuch", "unrecognized option"},
    {"memcached", "11211", "'11211' is no flag; a command to serve comes after '--'"},
    {"memcached", "--servers=0", "--servers: '0' is no number"},
    {"memcached", "--servers=257", "servers are 1 to 256, not 257"},
    {"memcached", "--repeat=0", "--repeat: '0' is no number"},
    {"memcached", "--cut-bytes=3", "needs cut_after"},
    {"memcached", "--synthesize=user", "--synthesize: 'user' is not PREFIX:BYTES"},
    {"memcached", "--synthesize=user:52428801", "52428800 bytes at the most"},
    {"memcached", "--plan=/nonexistent.txtpb", "/nonexistent.txtpb:1:1: cannot read it"},
    {"rocketmq", "--rounds=3", "rounds is about ask_again"},
    {"rocketmq", "--half-messages=x", "--half-messages: 'x' is no number"},
    {"rocketmq", "--repeat=2", "unrecognized option"},
};

START_TEST(bad_flags_are_refused)
{
    struct cli cli;
    mock_run(&cli, refused[_i].name, refused[_i].flag, NULL);
    ck_assert_int_eq(cli.code, 2);
    ck_assert_str_eq(cli.out, "");
    ck_assert_msg(strstr(cli.err, refused[_i].complaint) != NULL, "%s", cli.err);
    cli_clear(&cli);
}
END_TEST

START_TEST(ports_have_an_end)
{
    struct cli cli;
    mock_run(&cli, "memcached", "--port=65535", "--servers=2", NULL);
    ck_assert_int_eq(cli.code, 2);
    ck_assert_msg(strstr(cli.err, "there is no port 65536") != NULL, "%s", cli.err);
    cli_clear(&cli);
}
END_TEST

static const struct {
    const char *text, *complaint;
} bad_plans[] = {
    {"servers: 2\nfault { repeat: 2 evry: 3 }\n", ":2:19: no field is called 'evry': did you mean"},
    {"servers: 2\nservers: 3\n", "'servers' is given twice"},
    {"servers: two\n", ":1:10: "},
    {"fault { every: 0 }\n", "a fault's every, from_request and repeat are 1 or more"},
    {"servers: 2 fault { server: 2 }\n", "a fault is for server 2, and the last one is 1"},
    {"buckets: 0\n", "buckets are 1 or more"},
    {"synthesize { bytes: 3 }\n", "what is synthesized has a prefix"},
};

START_TEST(bad_plans_are_refused)
{
    g_autofree char *folder = test_folder();
    write_file(folder, "plan.txtpb", bad_plans[_i].text);
    g_autofree char *flag = g_strdup_printf("--plan=%s/plan.txtpb", folder);
    struct cli cli;
    mock_run(&cli, "memcached", flag, NULL);
    ck_assert_int_eq(cli.code, 2);
    ck_assert_msg(strstr(cli.err, bad_plans[_i].complaint) != NULL, "%s", cli.err);
    cli_clear(&cli);
    tree_remove(folder, NULL);
}
END_TEST

START_TEST(a_lost_address_is_an_error)
{
    char *words[] = {"sh", "-c", TEST_BUILD "/mocks/memcached >/dev/full", NULL};
    struct mock mock;
    mock_start_words(&mock, words);
    g_autofree char *said = NULL;
    ck_assert_int_eq(mock_end(&mock, 0, &said), 3);
    ck_assert_ptr_nonnull(strstr(said, "standard output: cannot write the address: No space"));
}
END_TEST

START_TEST(help_teaches)
{
    struct cli cli;
    mock_run(&cli, names[_i], "--help", NULL);
    ck_assert_int_eq(cli.code, 0);
    ck_assert_ptr_nonnull(strstr(cli.out, "YARD_SERVER"));
    ck_assert_ptr_nonnull(strstr(cli.out, "--port=N"));
    cli_clear(&cli);
}
END_TEST

/* ---- Serving a command --------------------------------------------------------------- */

static const struct {
    const char *command;
    int code;
    const char *out, *err;
} commands[] = {
    {"true", 0, "^$", "^$"},
    {"exit 7", 7, "^$", "^$"},
    {"kill -9 $$", 137, "^$", "^$"},
    {"kill -TERM $$", 143, "^$", "^$"},
    {"echo $YARD_SERVER", 0, "^127\\.0\\.0\\.1:[0-9]+ 127\\.0\\.0\\.1:[0-9]+\n$", "^$"},
    {"echo to err >&2", 0, "^$", "^to err\n$"},
    {"read line; echo \"$line\"", 0, "^\n$", "^$"}, /* its standard input is ours */
};

START_TEST(it_ends_as_its_command_does)
{
    struct cli cli;
    mock_run(&cli, "memcached", "--servers=2", "--", "sh", "-c", commands[_i].command, NULL);
    ck_assert_int_eq(cli.code, commands[_i].code);
    ck_assert_msg(g_regex_match_simple(commands[_i].out, cli.out, 0, 0), "%s", cli.out);
    ck_assert_msg(g_regex_match_simple(commands[_i].err, cli.err, 0, 0), "%s", cli.err);
    cli_clear(&cli);
}
END_TEST

START_TEST(a_command_that_is_not_there)
{
    struct cli cli;
    mock_run(&cli, names[_i], "--", "/nonexistent/command", "--help", NULL);
    ck_assert_int_eq(cli.code, 127);
    ck_assert_ptr_nonnull(strstr(cli.err, "there is no command '/nonexistent/command'"));
    cli_clear(&cli);
    mock_run(&cli, names[_i], "--", "/etc/passwd", NULL);
    ck_assert_int_eq(cli.code, 3);
    ck_assert_ptr_nonnull(strstr(cli.err, "cannot run '/etc/passwd'"));
    cli_clear(&cli);
}
END_TEST

/* The command's own line tells that it runs. */
static void start_cat(struct mock *mock)
{
    mock_start(mock, "memcached", "--", "sh", "-c", "echo $YARD_SERVER; exec cat", NULL);
}

START_TEST(signals_are_passed_on)
{
    static const int signals[] = {SIGTERM, SIGINT};
    struct mock mock;
    start_cat(&mock);
    g_autofree char *version = mock_ask(mock.addresses[0], "version\r\n");
    ck_assert_str_eq(version, "VERSION leakyard-0.1\r\n");
    ck_assert_int_eq(mock_end(&mock, signals[_i], NULL), 128 + signals[_i]);
}
END_TEST

/* Killed itself, it takes the command along: nobody holds the other end of its output. */
START_TEST(a_command_does_not_outlive_it)
{
    struct mock mock;
    start_cat(&mock);
    ck_assert_int_eq(kill(mock.pid, SIGKILL), 0);
    g_autoptr(GByteArray) rest = mock_receive(mock.out, G_MAXSIZE);
    ck_assert_uint_eq(rest->len, 0);
    ck_assert_int_eq(mock_end(&mock, 0, NULL), 128 + SIGKILL);
}
END_TEST

/* The harness hands its programs a descriptor: a mock before one hands it on, and none of
 * its own. */
START_TEST(descriptors_are_handed_on)
{
    char *words[] = {"sh", "-c",
                     "exec 7</dev/null; exec " TEST_BUILD
                     "/mocks/memcached -- sh -c 'for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13; do "
                     "[ -e /proc/$$/fd/$i ] && printf \"$i \"; done; echo'",
                     NULL};
    struct mock mock;
    mock_start_words(&mock, words);
    g_autofree char *seen = g_strjoinv(" ", mock.addresses);
    ck_assert_str_eq(seen, "0 1 2 7 ");
    ck_assert_int_eq(mock_end(&mock, 0, NULL), 0);
}
END_TEST

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

/* ---- RocketMQ ------------------------------------------------------------------------- */

/* Sends a request of CODE; takes FIELDS over. */
static void request(int connection, gint64 code, gint64 flags, json_t *fields)
{
    struct rocketmq_frame frame = {.code = code,
                                   .opaque = code + 1000,
                                   .flags = flags,
                                   .fields = fields,
                                   .body = (const guint8 *)"body",
                                   .body_length = 4};
    g_autoptr(GBytes) bytes = rocketmq_frame_write(&frame);
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    mock_send(connection, data, length);
    json_decref(fields);
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

/* Exactly so many, and all of them before the answer; none is asked of another group. */
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

/* One that is none of ours is refused; the next is answered. */
START_TEST(odd_requests)
{
    struct mock mock;
    mock_start(&mock, "rocketmq", NULL);
    int connection = mock_connect(mock.addresses[0]);
    static const gint64 codes[] = {11, 10, 37};
    static const gint64 answers[] = {3, 13};
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++)
        request(connection, codes[i], codes[i] == 37 ? ROCKETMQ_ONE_WAY : 0, NULL);
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

/* Under memcheck: with requests of all kinds, connections that stay open, a delayed reply
 * that never goes out, half messages that are never settled. */
static void start_checked(struct mock *mock, char *const *arguments)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    static const char *const valgrind[] = {"valgrind",
                                           "-q",
                                           "--vgdb=no",
                                           "--leak-check=full",
                                           "--error-exitcode=99",
                                           "--show-leak-kinds=definite,"
                                           "indirect,possible",
                                           "--errors-for-leak-kinds=definite,"
                                           "indirect,possible"};
    for (gsize i = 0; i < G_N_ELEMENTS(valgrind); i++)
        g_ptr_array_add(words, (char *)valgrind[i]);
    for (; *arguments != NULL; arguments++)
        g_ptr_array_add(words, *arguments);
    g_ptr_array_add(words, NULL);
    mock_start_words(mock, (char *const *)words->pdata);
}

static void end_checked(struct mock *mock)
{
    g_autofree char *said = NULL;
    int code = mock_end(mock, SIGTERM, &said);
    ck_assert_msg(code == 0, "exit %d:\n%s", code, said);
}

START_TEST(memcached_is_clean_under_memcheck)
{
    char *words[] = {TEST_BUILD "/mocks/memcached", "--servers=2", "--synthesize=u:5000",
                     "--delay-ms=60000", NULL};
    struct mock mock;
    start_checked(&mock, words);
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
    end_checked(&mock);
    close(delayed);
    close(open);
}
END_TEST

START_TEST(rocketmq_is_clean_under_memcheck)
{
    char *words[] = {TEST_BUILD "/mocks/rocketmq", "--half-messages=4", "--checks-per-send=4",
                     "--strict", NULL};
    struct mock mock;
    start_checked(&mock, words);
    int connection = mock_connect(mock.addresses[0]);
    send_message(connection, "", 8, "wrong");
    send_message(connection, "TRAN_MSG\1true\2", -1, NULL);
    json_decref(ask_json(connection, 105, NULL));
    request(connection, 11, 0, NULL);
    mock_send(connection, "\0\0\0\xff", 4);
    g_autofree char *answer = mock_ask(mock.addresses[0], "nonsense");
    ck_assert_str_eq(answer, "");
    end_checked(&mock);
    close(connection);
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

static Suite *mocks(void)
{
    Suite *suite = suite_create("mocks");
    TCase *lives = tcase_create("lives");
    tcase_set_timeout(lives, 120);
    tcase_add_loop_test(lives, a_signal_ends_it, 0, 4);
    tcase_add_test(lives, several_servers_on_one_line);
    tcase_add_loop_test(lives, a_given_port_is_taken, 0, G_N_ELEMENTS(names));
    tcase_add_loop_test(lives, bad_flags_are_refused, 0, G_N_ELEMENTS(refused));
    tcase_add_test(lives, ports_have_an_end);
    tcase_add_loop_test(lives, bad_plans_are_refused, 0, G_N_ELEMENTS(bad_plans));
    tcase_add_test(lives, a_lost_address_is_an_error);
    tcase_add_loop_test(lives, help_teaches, 0, G_N_ELEMENTS(names));
    tcase_add_loop_test(lives, it_ends_as_its_command_does, 0, G_N_ELEMENTS(commands));
    tcase_add_loop_test(lives, a_command_that_is_not_there, 0, G_N_ELEMENTS(names));
    tcase_add_loop_test(lives, signals_are_passed_on, 0, 2);
    tcase_add_test(lives, a_command_does_not_outlive_it);
    tcase_add_test(lives, descriptors_are_handed_on);
    suite_add_tcase(suite, lives);
    TCase *memcached = tcase_create("memcached");
    tcase_set_timeout(memcached, 120);
    tcase_add_loop_test(memcached, memcached_answers, 0, G_N_ELEMENTS(talks));
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
    TCase *rocketmq = tcase_create("rocketmq");
    tcase_set_timeout(rocketmq, 120);
    tcase_add_test(rocketmq, every_topic_is_here);
    tcase_add_test(rocketmq, checks_come_before_the_answer);
    tcase_add_loop_test(rocketmq, ends_settle, 0, G_N_ELEMENTS(ends));
    tcase_add_test(rocketmq, it_asks_again);
    tcase_add_test(rocketmq, a_half_message_waits_to_be_settled);
    tcase_add_test(rocketmq, one_way_is_not_answered);
    tcase_add_test(rocketmq, odd_requests);
    tcase_add_test(rocketmq, a_broken_frame_ends_its_connection_alone);
    suite_add_tcase(suite, rocketmq);
    TCase *nothing = tcase_create("nothing left");
    tcase_set_timeout(nothing, 300);
    tcase_add_test(nothing, memcached_is_clean_under_memcheck);
    tcase_add_test(nothing, rocketmq_is_clean_under_memcheck);
    tcase_add_test(nothing, connections_leave_no_descriptor);
    suite_add_tcase(suite, nothing);
    return suite;
}
SUITE(mocks);
