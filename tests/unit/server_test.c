/* A run's server: up before the program, gone after it. Servers here are shells. */
#include <signal.h>
#include <string.h>

#include "run_fixture.h"
#include "suite.h"
#include "support/procfs.h"

/* Tells its pid in a file, and that it listens; then what AFTERWARDS does. */
#define UP(afterwards) "echo $$ > server-pid; echo 127.0.0.1:4711; " afterwards

static struct trial *trial_with(const char *manner, const char *script)
{
    struct trial *trial = trial_new(manner);
    trial->request.server.argv =
        g_strdupv((char *[]){(char *)"/bin/sh", (char *)"-c", (char *)script, NULL});
    trial->request.server.envp = g_strdupv(trial->request.envp);
    return trial;
}

static void assert_ended(struct trial *trial, enum outcome outcome, const char *reason)
{
    const char *said = trial->outcome.reason ? trial->outcome.reason : "";
    ck_assert_msg(trial->outcome.outcome == outcome && strstr(said, reason) != NULL,
                  "outcome %d, “%s” where “%s” was expected", trial->outcome.outcome, said, reason);
}

static void assert_server_gone(const struct trial *trial)
{
    g_autofree char *pid = trial_file(trial, "server-pid");
    ck_assert_int_gt(atoi(pid), 1);
    ck_assert(!process_is_living(atoi(pid)));
}

START_TEST(the_program_finds_its_server)
{
    g_autoptr(trial_t) trial = trial_with("tells-server", UP("exec sleep 1000"));
    trial_run(trial);
    assert_ended(trial, OUTCOME_COMPLETED, "");
    ck_assert_uint_eq(trial->outcome.checkpoints->len, 3);
    g_autofree char *told = trial_file(trial, "stdout");
    ck_assert_str_eq(told, "127.0.0.1:4711\n");
    assert_server_gone(trial);
}
END_TEST

START_TEST(without_one_there_is_no_address)
{
    g_autoptr(trial_t) trial = trial_new("tells-server");
    trial_run(trial);
    assert_ended(trial, OUTCOME_COMPLETED, "");
    g_autofree char *told = trial_file(trial, "stdout");
    ck_assert_str_eq(told, "no server\n");
}
END_TEST

static const struct {
    const char *manner, *script, *reason;
} breaks[] = {
    {"sound", "echo taken >&2; exit 3", "the server /bin/sh ended (exit 3): taken"},
    {"sound", "exit 0", "the server /bin/sh ended (exit 0)"},
    {"sound", "echo; exec sleep 1000", "before the program's server said where it listens"},
    {"sound", "exec sleep 1000 >/dev/null", "before the program's server said where it listens"},
    {"sound", "head -c 5000 /dev/zero | tr '\\0' x; exec sleep 1000",
     "before the program's server said where it listens"},
    {"hang", UP("kill -9 $$"), "the server /bin/sh ended (signal 9"},
    {"crash", UP("exec sleep 1000"), "ended early (signal 11"},
};

START_TEST(what_goes_wrong_with_it_is_said)
{
    g_autoptr(trial_t) trial = trial_with(breaks[_i].manner, breaks[_i].script);
    bool silent = strstr(breaks[_i].reason, "before") != NULL;
    trial->request.time_limit = silent ? 0.3 : 60;
    trial_run(trial);
    assert_ended(trial, silent ? OUTCOME_TIMED_OUT : OUTCOME_BROKE, breaks[_i].reason);
}
END_TEST

START_TEST(one_that_cannot_start_is_named)
{
    g_autoptr(trial_t) trial = trial_with("sound", "");
    g_free(trial->request.server.argv[0]);
    trial->request.server.argv[0] = g_strdup("/nonexistent/broker");
    trial_run(trial);
    assert_ended(trial, OUTCOME_BROKE,
                 "cannot start the server /nonexistent/broker: No such file or directory");
}
END_TEST

START_TEST(it_goes_with_a_run_that_takes_too_long)
{
    g_autoptr(trial_t) trial = trial_with("hang", UP("exec sleep 1000"));
    trial->request.time_limit = 0.5;
    trial_run(trial);
    assert_ended(trial, OUTCOME_TIMED_OUT, "in the 1 rounds after round 0");
    assert_server_gone(trial);
}
END_TEST

START_TEST(its_children_go_with_it)
{
    g_autoptr(trial_t) trial =
        trial_with("sound", "sleep 1000 & echo $! > server-pid; echo 127.0.0.1:1; wait");
    trial_run(trial);
    assert_ended(trial, OUTCOME_COMPLETED, "");
    assert_server_gone(trial);
}
END_TEST

static Suite *server_suite(void)
{
    Suite *suite = suite_create("server");
    TCase *tests = tcase_create("server");
    tcase_add_unchecked_fixture(tests, fixture_set_up, fixture_tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, the_program_finds_its_server);
    tcase_add_test(tests, without_one_there_is_no_address);
    tcase_add_loop_test(tests, what_goes_wrong_with_it_is_said, 0, G_N_ELEMENTS(breaks));
    tcase_add_test(tests, one_that_cannot_start_is_named);
    tcase_add_test(tests, it_goes_with_a_run_that_takes_too_long);
    tcase_add_test(tests, its_children_go_with_it);
    suite_add_tcase(suite, tests);
    return suite;
}
SUITE(server_suite);
