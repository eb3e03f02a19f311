/* One command, waited for. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "run_fixture.h"
#include "suite.h"
#include "support/procfs.h"

static char *run_command(const char *script, const char *input, double seconds, GError **error)
{
    char *argv[] = {"sh", "-c", (char *)script, NULL};
    char *output = NULL;
    bool well = command_run(fixture_folder(), argv, input, seconds, &output, error);
    ck_assert(well == (output != NULL));
    return output;
}

START_TEST(a_command_gets_input_and_gives_output)
{
    g_autofree char *output = run_command("cat; pwd; echo ignored >&2", "text\n", 30, NULL);
    g_autofree char *expected = g_strdup_printf("text\n%s\n", fixture_folder());
    ck_assert_str_eq(output, expected);
    g_autofree char *nothing = run_command("cat", NULL, 30, NULL);
    ck_assert_str_eq(nothing, "");
}
END_TEST

static const struct {
    const char *script;
    const char *reason;
} refused[] = {
    {"echo >&2; echo no luck >&2; exit 3", "sh ended with exit 3: no luck"},
    {"kill -9 $$", "sh ended with signal 9 (Killed)"},
    {"sleep 1000 & sleep 1000", "did not end within 0.3 s"},
    {"yes", "wrote more than 16 MiB"},
    {"yes >&2 & exec yes", "wrote more than 16 MiB"},
};

START_TEST(a_command_that_fails_says_how)
{
    g_autoptr(GError) error = NULL;
    double seconds = strstr(refused[_i].reason, "0.3") ? 0.3 : 30;
    ck_assert_ptr_null(run_command(refused[_i].script, NULL, seconds, &error));
    ck_assert_msg(strstr(error->message, refused[_i].reason) != NULL, "%s", error->message);
    struct process_facts facts;
    ck_assert(process_facts_read(getpid(), &facts, NULL));
    ck_assert_uint_eq(facts.children, 0);
}
END_TEST

START_TEST(a_command_that_is_absent_says_so)
{
    g_autoptr(GError) error = NULL;
    char *argv[] = {"no-such-tool", NULL};
    ck_assert(!command_run(fixture_folder(), argv, NULL, 30, NULL, &error));
    ck_assert_str_eq(error->message, "cannot start no-such-tool: No such file or directory");
}
END_TEST

/* Whom it started holds the pipes open, and nobody who would end it is left. */
START_TEST(a_killed_keeper_holds_up_nobody)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(fixture_folder(), "pid", NULL);
    g_autofree char *pid = NULL;
    ck_assert_ptr_null(
        run_command("sleep 1000 & echo $! > pid; kill -9 $PPID; wait", NULL, 30, &error));
    ck_assert_str_eq(error->message, "the keeper of sh ended before it");
    ck_assert(g_file_get_contents(path, &pid, NULL, NULL));
    ck_assert_int_eq(kill((pid_t)g_ascii_strtoll(pid, NULL, 10), SIGKILL), 0);
}
END_TEST

START_TEST(what_a_command_leaves_behind_is_ended)
{
    g_autofree char *output =
        run_command("trap '' TERM; setsid sleep 1000 >/dev/null & echo $!", NULL, 30, NULL);
    ck_assert_ptr_nonnull(output);
    ck_assert_uint_eq(daemons_alive(output), 0);
}
END_TEST

START_TEST(a_signal_that_interrupts_a_command_is_left_for_the_caller)
{
    sigset_t interrupt, before, pending;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    sigprocmask(SIG_BLOCK, &interrupt, &before);
    g_autoptr(GError) error = NULL;
    g_autofree char *script = g_strdup_printf("kill -INT %d; sleep 1000", (int)getpid());
    ck_assert_ptr_null(run_command(script, NULL, 30, &error));
    ck_assert_str_eq(error->message, "sh was interrupted");
    sigpending(&pending);
    ck_assert_int_eq(sigismember(&pending, SIGINT), 1);
    sigwaitinfo(&interrupt, NULL);
    sigprocmask(SIG_SETMASK, &before, NULL);
}
END_TEST

static Suite *command_run_suite(void)
{
    Suite *suite = suite_create("command_run");
    TCase *commands = tcase_create("commands");
    tcase_add_unchecked_fixture(commands, fixture_set_up, fixture_tear_down);
    tcase_set_timeout(commands, 60);
    tcase_add_test(commands, a_command_gets_input_and_gives_output);
    tcase_add_loop_test(commands, a_command_that_fails_says_how, 0, G_N_ELEMENTS(refused));
    tcase_add_test(commands, a_command_that_is_absent_says_so);
    tcase_add_test(commands, a_killed_keeper_holds_up_nobody);
    tcase_add_test(commands, what_a_command_leaves_behind_is_ended);
    tcase_add_test(commands, a_signal_that_interrupts_a_command_is_left_for_the_caller);
    suite_add_tcase(suite, commands);
    return suite;
}
SUITE(command_run_suite);
