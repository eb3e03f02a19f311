/* What `run` says of real programs under real detectors, and what it leaves behind. */
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "command/cli.h"
#include "command/story.h"
#include "suite.h"
#include "support/tree.h"

static char *folder;
static char *results;

static void make_folder(void)
{
    folder = test_folder();
    results = g_build_filename(folder, "results.pb", NULL);
}

static void remove_folder(void)
{
    ck_assert(tree_remove(folder, NULL));
    g_free(folder);
    g_free(results);
}

/* Runs with JSON on standard output and results of its own; *CODE is the exit code. */
static json_t *run_json(int *code, ...)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    const char *const common[] = {"run", "-O", "json:-", "--results", results};
    for (gsize i = 0; i < G_N_ELEMENTS(common); i++)
        g_ptr_array_add(arguments, (gpointer)common[i]);
    va_list list;
    va_start(list, code);
    do
        g_ptr_array_add(arguments, va_arg(list, char *));
    while (g_ptr_array_index(arguments, arguments->len - 1) != NULL);
    va_end(list);
    struct cli cli;
    cli_run_with(&cli, NULL, (char *const *)arguments->pdata);
    *code = cli.code;
    if (cli.code > 1)
        ck_abort_msg("exit %d: %s", cli.code, cli.err);
    json_t *report = json_of(cli.out);
    cli_clear(&cli);
    return report;
}

START_TEST(a_leak_is_found_and_its_twin_is_clean)
{
    int code;
    json_t *report = run_json(&code, "heap/error-path", "-d", "memcheck", "-d", "lsan", NULL);
    ck_assert_int_eq(code, 0);
    const char *const detectors[] = {"memcheck", "lsan"};
    for (gsize i = 0; i < 2; i++) {
        json_t *found = result_of(report, "heap/error-path", "leaky", detectors[i]);
        ck_assert_str_eq(json_string_value(json_object_get(found, "verdict")), "FOUND");
        ck_assert_str_eq(json_string_value(json_object_get(found, "located")), "line");
        ck_assert_str_eq(json_string_value(json_object_get(found, "counted")), "units-exact");
        ck_assert_int_eq(json_integer_value(json_object_get(found, "units")),
                         json_integer_value(json_object_get(found, "true_units")));
        ck_assert_str_eq(verdict_of(report, "heap/error-path", "fixed", detectors[i]), "CLEAN");
    }
    json_decref(report);
    ck_assert_uint_eq(run_folders(), 0);
}
END_TEST

START_TEST(reports_are_written_side_by_side)
{
    g_autofree char *junit = g_strdup_printf("junit:%s/junit.xml", folder);
    g_autofree char *csv = g_strdup_printf("csv:%s/results.csv", folder);
    int code;
    json_t *report = run_json(&code, "heap/error-path", "-d", "memcheck", "-d", "lsan-preload",
                              "-O", junit, "-O", csv, NULL);
    ck_assert_int_eq(code, 0);
    xmlDoc *document = xmlReadFile(junit + strlen("junit:"), NULL, 0);
    ck_assert_ptr_nonnull(document);
    xmlXPathContext *context = xmlXPathNewContext(document);
    xmlXPathObject *cases = xmlXPathEvalExpression(BAD_CAST "//testcase", context);
    ck_assert_int_eq(cases->nodesetval->nodeNr, 2 + 4); /* proofs, then verdicts */
    xmlXPathFreeObject(cases);
    xmlXPathFreeContext(context);
    xmlFreeDoc(document);
    g_autofree char *rows = NULL;
    ck_assert(g_file_get_contents(csv + strlen("csv:"), &rows, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(rows, "\n", -1);
    ck_assert_uint_eq(g_strv_length(lines), 1 + 4 + 1); /* header, rows, after the last newline */
    json_decref(report);
}
END_TEST

START_TEST(a_wrong_expectation_fails)
{
    write_file(folder, "expected/memcheck.txtpb",
               "recorded {}\n"
               "deviation { scenario: \"heap/*\" variant: LEAKY verdict: MISSED reason: \"x\" }\n");
    g_autofree char *expected = g_build_filename(folder, "expected", NULL);
    int code;
    json_t *report =
        run_json(&code, "heap/error-path", "-d", "memcheck", "--expected", expected, NULL);
    ck_assert_int_eq(code, 1); /* better than expected fails too */
    json_t *found = result_of(report, "heap/error-path", "leaky", "memcheck");
    ck_assert_str_eq(json_string_value(json_object_get(found, "standing")), "DIFFERS");
    json_decref(report);
}
END_TEST

START_TEST(bless_records_and_refuses)
{
    write_file(folder, "expected/memcheck.txtpb",
               "recorded {}\n"
               "deviation { scenario: \"heap/*\" variant: LEAKY verdict: MISSED reason: \"x\" }\n");
    g_autofree char *expected = g_build_filename(folder, "expected", NULL);
    int code;
    json_decref(run_json(&code, "heap/error-path", "-d", "memcheck", "--expected", expected, NULL));
    ck_assert_int_eq(code, 1);
    struct cli cli;
    cli_run(&cli, "bless", "--results", results, "--expected", expected, "--yes", NULL);
    ck_assert_int_eq(cli.code, 2); /* a new row wants its reason */
    cli_clear(&cli);
    cli_run(&cli, "bless", "--results", results, "--expected", expected, "--reason", "seen", NULL);
    ck_assert_int_eq(cli.code, 1); /* shown, not written: nobody said yes */
    ck_assert_ptr_nonnull(strstr(cli.out, "FOUND"));
    cli_clear(&cli);
    cli_run(&cli, "bless", "--results", results, "--expected", expected, "--reason", "seen",
            "--yes", NULL);
    ck_assert_msg(cli.code == 0, "%s", cli.err);
    cli_clear(&cli);
    json_decref(run_json(&code, "heap/error-path", "-d", "memcheck", "--expected", expected, NULL));
    ck_assert_int_eq(code, 0);
}
END_TEST

START_TEST(a_missing_tool_is_unsupported)
{
    int code;
    json_t *report =
        run_json(&code, "heap/error-path", "-d", "memcheck:gone,exe=/nonexistent/valgrind", NULL);
    ck_assert_int_eq(code, 0);
    json_t *result = result_of(report, "heap/error-path", "leaky", "gone");
    ck_assert_str_eq(json_string_value(json_object_get(result, "verdict")), "UNSUPPORTED");
    ck_assert_ptr_nonnull(
        strstr(json_string_value(json_object_get(result, "reason")), "/nonexistent/valgrind"));
    json_decref(report);
}
END_TEST

START_TEST(another_label_is_the_same_detector)
{
    int code;
    json_t *report = run_json(&code, "heap/error-path", "-d", "memcheck", "-d",
                              "memcheck:next,args=--num-callers=5", NULL);
    ck_assert_int_eq(code, 0);
    ck_assert_str_eq(verdict_of(report, "heap/error-path", "leaky", "next"), "FOUND");
    ck_assert_str_eq(verdict_of(report, "heap/error-path", "leaky", "memcheck"), "FOUND");
    json_decref(report);
}
END_TEST

START_TEST(a_flavour_of_ones_own)
{
    int code;
    json_t *report = run_json(&code, "heap/error-path", "-d", "memcheck", "--flavour", "O2",
                              "--flavour", "mine:cc=gcc,cflags=-O1 -Wl,-z,now", NULL);
    ck_assert_int_eq(code, 0);
    size_t i;
    json_t *result;
    guint found = 0;
    json_array_foreach(json_object_get(report, "results"), i, result)
    {
        const char *flavour = json_string_value(json_object_get(result, "flavour"));
        ck_assert(strcmp(flavour, "O2") == 0 || strcmp(flavour, "mine") == 0);
        found += strcmp(json_string_value(json_object_get(result, "verdict")), "FOUND") == 0;
    }
    ck_assert_uint_eq(found, 2);
    json_decref(report);
    ck_assert(tree_remove(TEST_BUILD "/mine", NULL));
}
END_TEST

START_TEST(compare_tells_what_changed)
{
    g_autofree char *other = g_build_filename(folder, "other.pb", NULL);
    int code;
    json_decref(run_json(&code, "heap/error-path", "-d", "memcheck", NULL));
    struct cli cli;
    cli_run(&cli, "compare", results, results, NULL);
    ck_assert_int_eq(cli.code, 0);
    cli_clear(&cli);
    cli_run(&cli, "run", "heap/error-path", "-d", "memcheck:memcheck,exe=/nonexistent", "--results",
            other, NULL);
    ck_assert_int_eq(cli.code, 0);
    cli_clear(&cli);
    cli_run(&cli, "compare", results, other, NULL);
    ck_assert_int_eq(cli.code, 1);
    ck_assert_ptr_nonnull(strstr(cli.out, "UNSUPPORTED"));
    cli_clear(&cli);
}
END_TEST

START_TEST(why_shows_everything)
{
    struct cli cli;
    cli_run(&cli, "why", "heap/error-path", "memcheck", "--fresh", NULL);
    ck_assert_int_eq(cli.code, 0);
    const char *const words[] = {"FOUND",
                                 "CLEAN",
                                 "valgrind",
                                 "--rounds",
                                 "census: PROVED",
                                 "<valgrindoutput>",
                                 "build/plain/leaky/heap/error-path"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        ck_assert_msg(strstr(cli.out, words[i]) != NULL, "'%s' is missing", words[i]);
    cli_clear(&cli);
}
END_TEST

/* What follows WORDS on its line. Free with g_free. */
static char *rest_of_line(const char *text, const char *words)
{
    const char *start = strstr(text, words);
    ck_assert_msg(start != NULL, "'%s' is missing", words);
    start += strlen(words);
    return g_strndup(start, strcspn(start, "\n"));
}

START_TEST(what_why_tells_to_type_works)
{
    static const struct {
        const char *id, *detector, *shows;
    } looks[] = {
        {"heap/error-path", "memcheck", "definitely lost"},
        {"heap/error-path", "lsan", "Direct leak"},
        {"heap/error-path", "lsan-preload", "Direct leak"},
        {"threads/blocked-consumer", "proc", "FOUND"},
        {"goroutine/skipped-cancel", "vet", "the cancel function is not used on all paths"},
    };
    g_autofree char *folder = test_folder();
    struct cli cli;
    cli_run(&cli, "why", looks[_i].id, looks[_i].detector, "--variant", "leaky", "--fresh", NULL);
    if (strstr(cli.out, "UNSUPPORTED") != NULL) { /* there is no Go here */
        ck_assert_str_eq(looks[_i].detector, "vet");
        cli_clear(&cli);
        tree_remove(folder, NULL);
        return;
    }
    g_autofree char *typed = rest_of_line(cli.out, "to see it yourself: ");
    char *argv[] = {"sh", "-c", NULL, NULL};
    argv[2] = g_strdup_printf("(%s) > shown 2>&1; cat *", typed);
    g_autofree char *shown = NULL;
    ck_assert(g_spawn_sync(folder, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &shown, NULL, NULL,
                           NULL));
    ck_assert_msg(strstr(shown, looks[_i].shows) != NULL, "%s shows:\n%.2000s", typed, shown);
    g_free(argv[2]);
    cli_clear(&cli);
    tree_remove(folder, NULL);
}
END_TEST

START_TEST(doctor_says_who_is_switched_off)
{
    struct cli cli;
    cli_run_with(&cli, NULL, (char *const[]){"doctor", "-d", "lsan", "-d", "memcheck", NULL});
    ck_assert_msg(cli.code == 0, "%s%s", cli.out, cli.err);
    cli_clear(&cli);
    cli_run_with(&cli, (const char *const[]){"LSAN_OPTIONS=detect_leaks=0", NULL},
                 (char *const[]){"doctor", "-d", "lsan", NULL});
    ck_assert_int_eq(cli.code, 1);
    ck_assert_msg(strstr(cli.out, "detect_leaks=0") != NULL, "%s", cli.out);
    cli_clear(&cli);
    cli_run_with(&cli, (const char *const[]){"GODEBUG=memprofilerate=0", NULL},
                 (char *const[]){"doctor", "-d", "pprof-heap", NULL});
    ck_assert_int_eq(cli.code, 1);
    cli_clear(&cli);
    /* and `run` gives detectors a clean environment */
    cli_run_with(
        &cli, (const char *const[]){"LSAN_OPTIONS=detect_leaks=0", NULL},
        (char *const[]){"run", "heap/error-path", "-d", "lsan", "--results", results, NULL});
    ck_assert_int_eq(cli.code, 0);
    cli_clear(&cli);
}
END_TEST

/* ---- Interruptions ---- */

/* Has the run under way written a verdict of memcheck yet? */
static bool has_verdicts(void)
{
    g_autofree char *text = NULL;
    gsize length;
    return g_file_get_contents(results, &text, &length, NULL) &&
           memmem(text, length, "memcheck", strlen("memcheck")) != NULL;
}

/* Starts a run with a detector that never comes back; waits for the other's verdict. */
static GPid start_hanging(const char *hang)
{
    GPid pid = cli_start((char *const[]){"run", "heap/error-path", "-d", "memcheck", "-d",
                                         (char *)hang, "--results", results, NULL});
    for (int i = 0; i < 3000 && !has_verdicts(); i++)
        g_usleep(10 * 1000);
    return pid;
}

START_TEST(an_interrupted_run_leaves_nothing_and_goes_on)
{
    g_autofree char *hang = plugin_path("hangs-in-command");
    GPid pid = start_hanging(hang);
    ck_assert_uint_gt(programs_alive(), 0);
    kill(pid, SIGINT);
    ck_assert_int_eq(cli_wait(pid), 3);
    ck_assert_uint_eq(programs_alive(), 0);
    ck_assert_uint_eq(run_folders(), 0);
    int code;
    json_t *report = run_json(&code, "heap/error-path", "-d", "memcheck", "--resume", NULL);
    ck_assert_int_eq(code, 0);
    ck_assert_str_eq(verdict_of(report, "heap/error-path", "leaky", "memcheck"), "FOUND");
    json_decref(report);
}
END_TEST

START_TEST(what_an_interrupt_cut_short_is_no_verdict)
{
    g_autofree char *interrupts = plugin_path("interrupts");
    struct cli cli;
    cli_run(&cli, "run", "heap/error-path", "-d", interrupts, "--results", results, NULL);
    ck_assert_int_eq(cli.code, 3);
    ck_assert_msg(strstr(cli.err, "--resume") != NULL, "%s", cli.err);
    cli_clear(&cli);
    ck_assert_uint_eq(programs_alive(), 0);
    ck_assert_uint_eq(run_folders(), 0);
    int code;
    json_t *report = run_json(&code, "heap/error-path", "-d", "proc", "--resume", NULL);
    ck_assert_int_eq(code, 0);
    ck_assert_uint_eq(json_array_size(json_object_get(report, "results")), 2); /* proc's */
    json_decref(report);
}
END_TEST

/* How many records of PART has the results file? 0 as long as there is none. */
static size_t records_of(const char *part)
{
    struct cli cli;
    cli_run(&cli, "report", "-O", "json:-", results, NULL);
    json_t *report = cli.code <= 1 ? json_of(cli.out) : NULL;
    size_t count = json_array_size(json_object_get(report, part));
    json_decref(report);
    cli_clear(&cli);
    return count;
}

#define REPEAT "150"
enum { PROOFS = 2 * 150 };

/* A run of nothing but proofs, killed by NUMBER once the first of them are out. */
START_TEST(proofs_are_kept_of_a_run_that_was_still_proving)
{
    GPid pid = cli_start((char *const[]){"run", "heap/error-path", "-d", "proc", "--repeat", REPEAT,
                                         "-j1", "--results", results, NULL});
    for (int i = 0; i < 3000 && records_of("results") == 0; i++)
        g_usleep(1000);
    kill(pid, _i);
    ck_assert_int_eq(cli_wait(pid), _i == SIGKILL ? 128 + SIGKILL : 3);
    for (int i = 0; i < 500 && run_folders() > 0; i++)
        g_usleep(10 * 1000);
    ck_assert_uint_eq(run_folders(), 0);
    size_t kept = records_of("proofs");
    ck_assert_uint_ge(kept, 1);
    ck_assert_uint_lt(kept, PROOFS);
    int code;
    json_t *report = run_json(&code, "heap/error-path", "-d", "proc", "--repeat", REPEAT, "-j1",
                              "--resume", NULL);
    ck_assert_int_eq(code, 0);
    ck_assert_uint_eq(json_array_size(json_object_get(report, "results")), PROOFS);
    /* Of a proof that was out alone the verdict was missing: it is done once more, in its place. */
    ck_assert_uint_eq(json_array_size(json_object_get(report, "proofs")), PROOFS);
    json_decref(report);
}
END_TEST

START_TEST(cost_is_held_against_the_bare_program)
{
    int code;
    json_t *report = run_json(&code, "heap/error-path", "-d", "memcheck", "-d", "proc", NULL);
    json_t *alone = result_of(report, "heap/error-path", "leaky", "memcheck");
    json_t *shared = result_of(report, "heap/error-path", "leaky", "proc");
    ck_assert_double_gt(json_real_value(json_object_get(alone, "wall_ratio")), 1);
    ck_assert_double_gt(json_real_value(json_object_get(alone, "memory_ratio")), 1);
    ck_assert(json_is_null(json_object_get(shared, "wall_ratio")));
    json_decref(report);
}
END_TEST

/* Detectors too find their tools there, and not beside the program. */
START_TEST(the_yard_may_lie_elsewhere)
{
    const char *go = story_has("go", "Go's detectors of a yard elsewhere")
                         ? "goroutine/blocked-consumer -d delve -d vet"
                         : "";
    g_autofree char *said =
        story_type(folder, NULL,
                   "cp %s/leakyard . && env -u LEAKYARD_ROOT ./leakyard run --root %s --results "
                   "results.pb heap/error-path -d memcheck %s",
                   TEST_BUILD, TEST_ROOT, go);
    ck_assert_msg(story_says(said, *go ? "^As expected: 6 verdicts" : "^As expected: 2 verdicts"),
                  "%s", said);
}
END_TEST

START_TEST(a_missing_folder_is_named)
{
    g_autofree char *yes = plugin_path("always-yes");
    struct cli cli;
    cli_run_with(&cli, (const char *const[]){"TMPDIR=/nonexistent", NULL},
                 (char *const[]){"run", "heap/error-path", "-d", yes, "--results", results, NULL});
    ck_assert_int_eq(cli.code, 3);
    ck_assert_msg(strstr(cli.err, "/nonexistent: there is no such folder") != NULL, "%s", cli.err);
    cli_clear(&cli);
}
END_TEST

START_TEST(a_killed_run_leaves_nothing)
{
    g_autofree char *hang = plugin_path("hangs-in-command");
    GPid pid = start_hanging(hang);
    ck_assert_uint_gt(programs_alive(), 0);
    kill(pid, SIGKILL);
    ck_assert_int_eq(cli_wait(pid), 128 + SIGKILL);
    for (int i = 0; i < 500 && (programs_alive() > 0 || run_folders() > 0); i++)
        g_usleep(10 * 1000);
    ck_assert_uint_eq(programs_alive(), 0);
    ck_assert_uint_eq(run_folders(), 0);
    struct cli cli;
    cli_run(&cli, "report", "-O", "json:-", results, NULL); /* what was finished is readable */
    ck_assert_int_eq(cli.code, 0);
    json_t *report = json_of(cli.out);
    ck_assert_uint_ge(json_array_size(json_object_get(report, "results")), 1);
    json_decref(report);
    cli_clear(&cli);
}
END_TEST

START_TEST(a_time_out_kills_the_whole_tree)
{
    g_autofree char *hang = plugin_path("hangs-in-command");
    int code;
    json_t *report =
        run_json(&code, "heap/error-path", "-d", hang, "--timeout", "0.5", "--strict", NULL);
    ck_assert_int_eq(code, 1);
    ck_assert_str_eq(verdict_of(report, "heap/error-path", "leaky", "hangs-in-command"), "TIMEOUT");
    json_decref(report);
    ck_assert_uint_eq(programs_alive(), 0);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("run");
    TCase *cases = tcase_create("run");
    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_add_test(cases, a_leak_is_found_and_its_twin_is_clean);
    tcase_add_test(cases, reports_are_written_side_by_side);
    tcase_add_test(cases, a_wrong_expectation_fails);
    tcase_add_test(cases, bless_records_and_refuses);
    tcase_add_test(cases, a_missing_tool_is_unsupported);
    tcase_add_test(cases, another_label_is_the_same_detector);
    tcase_add_test(cases, a_flavour_of_ones_own);
    tcase_add_test(cases, compare_tells_what_changed);
    tcase_add_test(cases, why_shows_everything);
    tcase_add_loop_test(cases, what_why_tells_to_type_works, 0, 5);
    tcase_add_test(cases, doctor_says_who_is_switched_off);
    tcase_add_test(cases, an_interrupted_run_leaves_nothing_and_goes_on);
    tcase_add_test(cases, what_an_interrupt_cut_short_is_no_verdict);
    tcase_add_loop_test(cases, proofs_are_kept_of_a_run_that_was_still_proving, SIGINT, SIGINT + 1);
    tcase_add_loop_test(cases, proofs_are_kept_of_a_run_that_was_still_proving, SIGKILL,
                        SIGKILL + 1);
    tcase_add_test(cases, cost_is_held_against_the_bare_program);
    tcase_add_test(cases, the_yard_may_lie_elsewhere);
    tcase_add_test(cases, a_missing_folder_is_named);
    tcase_add_test(cases, a_killed_run_leaves_nothing);
    tcase_add_test(cases, a_time_out_kills_the_whole_tree);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
