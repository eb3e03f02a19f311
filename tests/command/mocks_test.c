/* The mocks as commands: how they start, serve and end, whatever their protocol. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "command/mock.h"
#include "command/story.h"
#include "suite.h"
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

START_TEST(a_command_has_its_standard_input)
{
    int code;
    g_autofree char *said =
        story_type("/", &code, "echo 'for the command' | %s/mocks/memcached -- cat", TEST_BUILD);
    ck_assert_int_eq(code, 0);
    ck_assert_str_eq(said, "for the command\n");
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
    tcase_add_test(lives, a_command_has_its_standard_input);
    tcase_add_loop_test(lives, a_command_that_is_not_there, 0, G_N_ELEMENTS(names));
    tcase_add_loop_test(lives, signals_are_passed_on, 0, 2);
    tcase_add_test(lives, a_command_does_not_outlive_it);
    tcase_add_test(lives, descriptors_are_handed_on);
    suite_add_tcase(suite, lives);
    return suite;
}
SUITE(mocks);
