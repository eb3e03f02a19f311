/* The harness under its own detectors, and the whole yard at once. */
#include <string.h>

#include "command/cli.h"
#include "command/story.h"
#include "suite.h"
#include "support/tree.h"

/* Types COMMAND, in which RESULTS stands for a file; returns its exit code. */
static int shell(const char *command, char **output)
{
    g_autofree char *folder = test_folder();
    g_autofree char *results = g_build_filename(folder, "results.pb", NULL);
    g_autoptr(GString) text = g_string_new(command);
    g_string_replace(text, "RESULTS", results, 0);
    int code;
    *output = story_type("/", &code, "%s", text->str);
    tree_remove(folder, NULL);
    return code;
}

static const char *const works[] = {
    "list",
    "list --json",
    "show heap/error-path",
    "truth",
    "prove heap trap",
    "run heap/error-path trap -d memcheck -d proc -d trend --results RESULTS -O json:-",
    "run goroutine/blocked-consumer -d pprof-goroutine --results RESULTS -O junit:-",
    "run incident/callback-channel -d pprof-goroutine --results RESULTS",
    "run threads/blocked-consumer cgo/map-overwrite --results RESULTS",
    "judge -d memcheck -- " TEST_BUILD "/plain/fixed/heap/error-path",
    "why heap/error-path lsan --fresh",
    "doctor -d memcheck",
    "ablate incident/old-framework",
    "layouts " TEST_BUILD "/plain/fixed/linkage/struct-size",
};

START_TEST(clean_under_memcheck)
{
    g_autofree char *command =
        g_strdup_printf("valgrind -q --vgdb=no --leak-check=full --error-exitcode=99 "
                        "--show-leak-kinds=definite,indirect "
                        "--errors-for-leak-kinds=definite,indirect %s/leakyard %s",
                        TEST_BUILD, works[_i]);
    g_autofree char *output = NULL;
    int code = shell(command, &output);
    ck_assert_msg(code == 0, "%s: exit %d:\n%.3000s", works[_i], code, output);
}
END_TEST

START_TEST(clean_under_sanitizers)
{
    g_autofree char *command = g_strdup_printf("LEAKYARD_ROOT=%s %s/sanitized/leakyard %s",
                                               TEST_ROOT, TEST_BUILD, works[_i]);
    g_autofree char *output = NULL;
    int code = shell(command, &output);
    ck_assert_msg(code == 0, "%s: exit %d:\n%.3000s", works[_i], code, output);
}
END_TEST

/* In the builds that no detector asks for: in the others the run below proves it. */
START_TEST(every_program_is_proved)
{
    struct cli cli;
    cli_run(&cli, "prove", "--flavour=O2", "--flavour=clang-O2", "--flavour=go1.22",
            "--flavour=go1.27", NULL);
    ck_assert_msg(cli.code == 0, "%.3000s%.500s", cli.out, cli.err);
    ck_assert_ptr_nonnull(strstr(cli.out, " 0 unproved"));
    cli_clear(&cli);
}
END_TEST

START_TEST(every_verdict_is_as_expected)
{
    g_autofree char *folder = test_folder();
    g_autofree char *results = g_build_filename(folder, "results.pb", NULL);
    struct cli cli;
    cli_run(&cli, "run", "--shuffle", "--results", results, NULL);
    const char *differs = strstr(cli.out, "Differs from what is expected"); /* messages are short */
    ck_assert_msg(cli.code == 0, "%.3000s%.500s", differs ? differs : cli.out, cli.err);
    cli_clear(&cli);
    tree_remove(folder, NULL);
    ck_assert_uint_eq(run_folders(), 0);
    ck_assert_uint_eq(programs_alive(), 0);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("harness");
    TCase *cases = tcase_create("harness");
    tcase_set_timeout(cases, 1800);
    tcase_add_loop_test(cases, clean_under_memcheck, 0, G_N_ELEMENTS(works));
    tcase_add_loop_test(cases, clean_under_sanitizers, 0, G_N_ELEMENTS(works));
    tcase_add_test(cases, every_program_is_proved);
    tcase_add_test(cases, every_verdict_is_as_expected);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
