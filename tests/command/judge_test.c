/* leakyard judge: any program, its exit codes, and what it says. */
#include <string.h>

#include "command/cli.h"
#include "suite.h"

#define PROGRAM(name) TEST_BUILD "/plain/" name
#define PLUGIN(name)  TEST_ROOT "/tests/plugins/" name
#define LED           "--rounds=20"

/* Runs `leakyard judge ARGUMENT…`, and asserts its exit code and that it prints WORDS. */
static void assert_judges(int code, const char *words, char *const *arguments)
{
    struct cli cli;
    g_autoptr(GStrvBuilder) all = g_strv_builder_new();
    g_strv_builder_add(all, "judge");
    g_strv_builder_addv(all, (const char **)arguments);
    g_auto(GStrv) argv = g_strv_builder_end(all);
    cli_run_with(&cli, NULL, argv);
    ck_assert_msg(cli.code == code, "exit %d, not %d:\n%s%s", cli.code, code, cli.out, cli.err);
    ck_assert_msg(strstr(cli.out, words) != NULL || strstr(cli.err, words) != NULL,
                  "'%s' is not in:\n%s%s", words, cli.out, cli.err);
    cli_clear(&cli);
}

static const struct {
    int code;
    const char *words;
    char *arguments[7];
} guests[] = {
    {1,
     "400 heap blocks leaked, 3696400 bytes\n      telegram_receive (",
     {"-d", "memcheck", "--", PROGRAM("leaky/heap/error-path")}},
    {0, "0 of 1 found a leak.", {"-d", "memcheck", "--", PROGRAM("fixed/heap/error-path")}},
    {0,
     "0 of 1 found a leak.",
     {"-d", "memcheck", "--", PROGRAM("leaky/heap/error-path"), "--rounds", "0"}},
    {125, "can't tell: it ended badly: exit 7", {"-d", "memcheck", "--", "sh", "-c", "exit 7"}},
    {125,
     "can't tell: it ended badly: signal 9",
     {"-d", "lsan-preload", "--", "sh", "-c", "kill -9 $$"}},
    {125,
     "can't tell: exit 9 says that there are leaks, the report names none",
     {"-d", PLUGIN("exit-code-alone"), LED, "--", PROGRAM("leaky/heap/error-path")}},
    {125, "can't tell: it looks at checkpoints", {"-d", "proc", "--", "true"}},
    {125, "can't tell: it looks at sources", {"-d", "vet", LED, "--", "true"}},
    {125, "without the program ever saying ready", {"-d", "proc", LED, "--", "true"}},
    {125, "2 processes left a report", {"-d", "memcheck", "--", "sh", "-c", "/bin/true; :"}},
    {1,
     "found 1 leak\n    20 descriptors held",
     {"-d", "proc", "-d", "vet", LED, "--", PROGRAM("leaky/resource/epoll")}},
    {0, "0 of 1 found a leak.", {"-d", "proc", LED, "--", PROGRAM("fixed/resource/epoll")}},
    {1,
     "main.importPrices.func1 (",
     {"-d", "sigquit", LED, "--", PROGRAM("leaky/goroutine/blocked-consumer")}},
    {0,
     "0 of 1 found a leak.",
     {"-d", "sigquit", LED, "--", PROGRAM("fixed/goroutine/blocked-consumer")}},
    {125,
     "no detector suits " PROGRAM("leaky/goroutine/blocked-consumer") " as it is",
     {"--", PROGRAM("leaky/goroutine/blocked-consumer"), "--rounds", "20"}},
    {125, "can't tell: ", {"-d", "memcheck", "--", "/nonexistent"}},
    {2, "--rounds takes a multiple of 10", {"--rounds=15", "--", "true"}},
    {2, "which program?", {"-d", "memcheck"}},
    {2, "COMMAND is built already", {"--flavour", "O2", "--", "true"}},
};

START_TEST(the_exit_code_is_for_bisecting)
{
    assert_judges(guests[_i].code, guests[_i].words, guests[_i].arguments);
    ck_assert_uint_eq(programs_alive(), 0);
}
END_TEST

START_TEST(those_who_suit_look_by_themselves)
{
    struct cli c, go;
    cli_run(&c, "judge", "--", PROGRAM("leaky/heap/error-path"), NULL);
    ck_assert_int_eq(c.code, 1);
    ck_assert_ptr_nonnull(strstr(c.out, "\nmemcheck "));
    ck_assert_ptr_null(strstr(c.out, "\nproc "));
    ck_assert_ptr_null(strstr(c.out, "\nlsan "));
    cli_run(&go, "judge", LED, "--", PROGRAM("leaky/goroutine/blocked-consumer"), NULL);
    ck_assert_int_eq(go.code, 1);
    ck_assert_ptr_nonnull(strstr(go.out, "\npprof-goroutine "));
    ck_assert_ptr_null(strstr(go.out, "\nmemcheck "));
    cli_clear(&c);
    cli_clear(&go);
}
END_TEST

static Suite *judge_suite(void)
{
    Suite *suite = suite_create("judge");
    TCase *tests = tcase_create("judge");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, the_exit_code_is_for_bisecting, 0, G_N_ELEMENTS(guests));
    tcase_add_test(tests, those_who_suit_look_by_themselves);
    suite_add_tcase(suite, tests);
    return suite;
}
SUITE(judge_suite);
