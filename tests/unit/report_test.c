#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "records.h"
#include "report/cell.h"
#include "report/page.h"
#include "report/report.h"
#include "report/text.h"
#include "support/failure.h"

#include "suite.h" /* last: Check defines a macro called fail */

#define V(word) YARD__RESULT__VERDICT__##word
#define S(word) YARD__RESULT__STANDING__##word
#define LEAKY   YARD__VARIANT__LEAKY
#define FIXED   YARD__VARIANT__FIXED

#define assert_contains(text, part)                                                                \
    ck_assert_msg(strstr(text, part) != NULL, "no '%s' in:\n%s", part, text)
#define assert_lacks(text, part)                                                                   \
    ck_assert_msg(strstr(text, part) == NULL, "'%s' in:\n%s", part, text)

/* ---- What a results file holds ---- */

START_TEST(last_record_of_a_cell_counts)
{
    g_autoptr(GPtrArray) records = records_new();
    records_add(records, "heap/b", LEAKY, "memcheck", V(ERROR));
    records_add(records, "heap/a", FIXED, "memcheck", V(CLEAN));
    records_add(records, "heap/a", LEAKY, "memcheck", V(FOUND));
    records_add(records, "heap/b", LEAKY, "memcheck", V(FOUND));
    records_add_proof(records, "heap/a", LEAKY, YARD__PROOF__STATUS__UNPROVED, "old");
    records_add_proof(records, "heap/a", LEAKY, YARD__PROOF__STATUS__PROVED, "new");
    struct report_input input;
    report_input_init(&input, records);
    ck_assert_ptr_null(input.provenance);
    ck_assert_uint_eq(input.results->len, 3);
    const Yard__Result *first = input.results->pdata[0], *last = input.results->pdata[2];
    ck_assert_str_eq(first->scenario, "heap/a");
    ck_assert_int_eq(first->variant, LEAKY);
    ck_assert_str_eq(last->scenario, "heap/b");
    ck_assert_int_eq(last->verdict, V(FOUND));
    ck_assert_uint_eq(input.proofs->len, 1);
    ck_assert_str_eq(((Yard__Proof *)input.proofs->pdata[0])->reason, "new");
    report_input_clear(&input);
}
END_TEST

/* What a later repetition proves does not undo that an earlier one did not. */
START_TEST(a_repetition_that_is_unproved_stays_so)
{
    g_autoptr(GPtrArray) records = records_new();
    for (guint repetition = 1; repetition <= 2; repetition++) {
        Yard__Proof *proof = records_add_proof(
            records, "heap/a", LEAKY,
            repetition == 1 ? YARD__PROOF__STATUS__UNPROVED : YARD__PROOF__STATUS__PROVED, "");
        proof->has_repetition = true;
        proof->repetition = repetition;
    }
    struct report_input input;
    report_input_init(&input, records);
    ck_assert_uint_eq(input.proofs->len, 2);
    ck_assert_int_eq(((Yard__Proof *)input.proofs->pdata[0])->status,
                     YARD__PROOF__STATUS__UNPROVED);
    report_input_clear(&input);
}
END_TEST

START_TEST(repetitions_stay_apart)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    struct report_input input;
    report_input_init(&input, records);
    g_autoptr(GArray) cells = cells_of(input.results);
    const struct cell *shy = NULL;
    for (guint i = 0; i < cells->len; i++)
        if (strcmp(g_array_index(cells, struct cell, i).results[0]->scenario, "heap/shy") == 0)
            shy = &g_array_index(cells, struct cell, i);
    ck_assert_ptr_nonnull(shy);
    ck_assert_uint_eq(shy->count, 3);
    ck_assert(!cell_is_steady(shy));
    g_autofree char *verdicts = cell_verdicts(shy);
    ck_assert_str_eq(verdicts, "FOUND 2/3, MISSED 1/3");
    report_input_clear(&input);
}
END_TEST

START_TEST(columns_name_a_flavour_only_where_needed)
{
    g_autoptr(GPtrArray) records = records_new();
    records_add(records, "heap/a", LEAKY, "memcheck", V(FOUND));
    g_free(records_add(records, "heap/a", LEAKY, "lsan", V(FOUND))->flavour);
    ((Yard__Record *)records->pdata[1])->result->flavour = g_strdup("lsan");
    Yard__Result *optimised = records_add(records, "heap/a", LEAKY, "memcheck", V(FOUND));
    g_free(optimised->flavour);
    optimised->flavour = g_strdup("O2");
    struct report_input input;
    report_input_init(&input, records);
    g_autoptr(GPtrArray) columns = columns_of(input.results);
    ck_assert_uint_eq(columns->len, 3);
    ck_assert_str_eq(((struct column *)columns->pdata[0])->title, "lsan");
    ck_assert_str_eq(((struct column *)columns->pdata[1])->title, "memcheck@O2");
    ck_assert_str_eq(((struct column *)columns->pdata[2])->title, "memcheck@plain");
    report_input_clear(&input);
}
END_TEST

/* ---- What a run exits with ---- */

static int exit_code_of(Yard__Result__Verdict verdict, Yard__Result__Verdict expected,
                        Yard__Result__Standing standing, bool strict)
{
    g_autoptr(GPtrArray) records = records_new();
    records_add(records, "heap/a", FIXED, "memcheck", V(CLEAN));
    result_expect(records_add(records, "heap/a", LEAKY, "memcheck", verdict), expected, NULL,
                  standing);
    struct report_input input;
    report_input_init(&input, records);
    input.strict = strict;
    int code = report_exit_code(&input);
    report_input_clear(&input);
    return code;
}

START_TEST(exit_codes)
{
    ck_assert_int_eq(exit_code_of(V(FOUND), V(FOUND), S(AS_EXPECTED), true), 0);
    ck_assert_int_eq(exit_code_of(V(MISSED), V(FOUND), S(DIFFERS), false), 1);
    ck_assert_int_eq(exit_code_of(V(FOUND), V(MISSED), S(DIFFERS), false), 1);
    ck_assert_int_eq(exit_code_of(V(MISSED), V(FOUND), S(UNRECORDED), false), 0);
    ck_assert_int_eq(exit_code_of(V(MISSED), V(FOUND), S(UNRECORDED), true), 1);
    ck_assert_int_eq(exit_code_of(V(ERROR), V(ERROR), S(AS_EXPECTED), false), 0);
    ck_assert_int_eq(exit_code_of(V(ERROR), V(FOUND), S(UNRECORDED), false), 1);
    ck_assert_int_eq(exit_code_of(V(TIMEOUT), V(FOUND), S(UNRECORDED), false), 1);
    ck_assert_int_eq(exit_code_of(V(UNSUPPORTED), V(FOUND), S(UNRECORDED), true), 0);
}
END_TEST

START_TEST(unproved_scenario_fails_a_run)
{
    g_autoptr(GPtrArray) records = records_new();
    records_add_proof(records, "heap/a", LEAKY, YARD__PROOF__STATUS__UNSUPPORTED, "no clang");
    struct report_input input;
    report_input_init(&input, records);
    input.strict = true;
    ck_assert_int_eq(report_exit_code(&input), EXIT_AS_EXPECTED);
    report_input_clear(&input);
    records_add_proof(records, "heap/b", LEAKY, YARD__PROOF__STATUS__UNPROVED, "9, not 10");
    report_input_init(&input, records);
    ck_assert_int_eq(report_exit_code(&input), EXIT_DIFFERS);
    report_input_clear(&input);
}
END_TEST

START_TEST(unfound_leaks_are_those_that_were_run)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    struct report_input input;
    report_input_init(&input, records);
    g_autoptr(GPtrArray) unfound = report_unfound(&input);
    ck_assert_uint_eq(unfound->len, 1);
    ck_assert_str_eq(unfound->pdata[0], "heap/late-free");
    report_input_clear(&input);
}
END_TEST

/* ---- Where reports go ---- */

START_TEST(outputs_are_parsed)
{
    g_autoptr(GError) error = NULL;
    struct report_output *junit = report_output_parse("junit:/tmp/a:b.xml", &error);
    ck_assert_str_eq(junit->format->name, "junit");
    ck_assert_str_eq(junit->path, "/tmp/a:b.xml");
    report_output_free(junit);
    struct report_output *text = report_output_parse("text", &error);
    ck_assert_str_eq(text->path, "-");
    report_output_free(text);
    ck_assert_ptr_null(report_output_parse("html:x", &error));
    ck_assert_int_eq(error->code, EXIT_USAGE);
    assert_contains(error->message, "csv, json, junit, tap, text");
    g_clear_error(&error);
    ck_assert_ptr_null(report_output_parse("json:", &error));
    assert_contains(error->message, "no file after the colon");
    g_clear_error(&error);
    ck_assert_ptr_null(report_output_parse("json:/no/such/report.json", &error));
    ck_assert_int_eq(error->code, EXIT_USAGE);
    assert_contains(error->message, "there is no folder /no/such");
}
END_TEST

/* Writes the mixed run as FORMAT:PATH. */
static bool write_mixed(const char *format, const char *path, GError **error)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    struct report_output *output = report_output_parse(format, NULL);
    g_free(output->path);
    output->path = g_strdup(path);
    struct report_input input;
    report_input_init(&input, records);
    bool written = report_write(&input, output, true, error);
    report_input_clear(&input);
    report_output_free(output);
    return written;
}

START_TEST(files_are_replaced_whole)
{
    g_autofree char *folder = g_dir_make_tmp("report-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "report.csv", NULL);
    ck_assert(g_file_set_contents(path, "old", -1, NULL));
    g_autoptr(GError) error = NULL;
    ck_assert_msg(write_mixed("csv", path, &error), "%s", error ? error->message : "");
    g_autofree char *text = NULL;
    ck_assert(g_file_get_contents(path, &text, NULL, NULL));
    ck_assert_int_eq(strncmp(text, "id,class,", 9), 0);
    mode_t mask = umask(0);
    umask(mask);
    struct stat facts;
    ck_assert_int_eq(stat(path, &facts), 0);
    ck_assert_uint_eq(facts.st_mode & 0777, 0666 & ~mask);
    unlink(path);
    ck_assert_int_eq(g_rmdir(folder), 0); /* nothing else was left there */
}
END_TEST

START_TEST(file_that_cannot_be_written_is_named)
{
    g_autoptr(GError) error = NULL;
    ck_assert(!write_mixed("csv", "/nowhere/at/all.csv", &error));
    ck_assert_int_eq(error->code, EXIT_INFRASTRUCTURE);
    assert_contains(error->message, "/nowhere/at/all.csv");
    g_clear_error(&error);
    ck_assert(!write_mixed("csv", "/dev/full", &error));
    assert_contains(error->message, "/dev/full");
    struct stat facts;
    ck_assert_int_eq(stat("/dev/full", &facts), 0);
    ck_assert(S_ISCHR(facts.st_mode));
}
END_TEST

/* ---- The report for people ---- */

static void use_utf8(void)
{
    g_setenv("LC_ALL", "C.UTF-8", TRUE);
}

static void use_ascii(void)
{
    g_setenv("LC_ALL", "C", TRUE);
}

static char *matrix_of(const GPtrArray *records, bool colour)
{
    struct report_input input;
    report_input_init(&input, records);
    struct page page;
    page_init(&page, colour);
    matrix_add(&page, &input);
    report_input_clear(&input);
    char *text = g_strdup(page.text->str);
    page_clear(&page);
    return text;
}

START_TEST(matrix_shows_each_verdict_with_its_standing)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    use_utf8();
    g_autofree char *text = matrix_of(records, false);
    ck_assert_str_eq(text, "\n"
                           "             memcheck\n"
                           "             |   proc\n"
                           "goheap\n"
                           "  a          -\n"
                           "  b          -\n"
                           "  c          -\n"
                           "heap\n"
                           "  late-free  ○✓* ·\n"
                           "  lost       ●✓  ○✓~\n"
                           "  shy        ● %\n"
                           "threads\n"
                           "  stuck      ◐ ~ ●✓\n"
                           "trap\n"
                           "  plateau     E*  !?\n"
                           "\n"
                           "leaky then fixed:  ● FOUND  ○ MISSED  · MISSED, never claimed  "
                           "◐ MISSED, a symptom seen  ✓ CLEAN\n"
                           "! FALSE_ALARM  E ERROR  - UNSUPPORTED  ~ known deviation  "
                           "? unrecorded, and not the truth\n"
                           "% varies over repetitions  * differs from what is expected\n");
}
END_TEST

START_TEST(matrix_without_utf8_is_ascii)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    use_ascii();
    g_autofree char *text = matrix_of(records, false);
    ck_assert(g_str_is_ascii(text));
    assert_contains(text, "  late-free  MC* .\n");
    assert_contains(text, "F FOUND  M MISSED");
}
END_TEST

START_TEST(colour_comes_only_when_asked_for)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    use_utf8();
    g_autofree char *plain = matrix_of(records, false);
    g_autofree char *coloured = matrix_of(records, true);
    assert_lacks(plain, "\033");
    assert_contains(coloured, "\033[1;31m○\033[0m");
    assert_contains(coloured, "\033[2m○\033[0m");
    assert_contains(coloured, "\033[32m●\033[0m");
}
END_TEST

START_TEST(matrix_fits_the_page_with_any_number_of_detectors)
{
    g_autoptr(GPtrArray) records = records_new();
    for (guint i = 0; i < 40; i++) {
        g_autofree char *name = g_strdup_printf("pprof-goroutine-%02u", i);
        records_add(records, "goroutine/blocked-consumer", LEAKY, name, V(FOUND));
    }
    use_utf8();
    g_autofree char *text = matrix_of(records, false);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint rows = 0;
    for (char **line = lines; *line != NULL; line++) {
        ck_assert_uint_le(display_width(*line), PAGE_WIDTH);
        rows += g_str_has_prefix(*line, "  blocked-consumer");
    }
    ck_assert_uint_ge(rows, 2);
    assert_contains(text, "pprof-goroutine-39");
}
END_TEST

START_TEST(text_says_what_differs_and_why)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    use_utf8();
    g_autofree char *text = records_written(records, "text");
    assert_contains(text, "Leakyard 0.1: 9 scenarios, 2 detectors, 18 verdicts\n"
                          "gcc 12.2.0, go1.26.8, Linux 6.1.0 x86_64, seed 42, "
                          "commit 0123456789ab\n");
    assert_contains(text, "  heap/late-free leaky memcheck: MISSED, expected FOUND: no finding in "
                          "the scenario  [leakyard why heap/late-free memcheck]\n");
    assert_contains(text, "  3 × UNSUPPORTED: Go is not installed (memcheck goheap/a leaky, "
                          "memcheck goheap/b leaky and 1 more)\n");
    assert_contains(text, "  1 × ERROR: the report ends [31m in the middle (");
    assert_contains(text, "  heap/shy leaky memcheck: FOUND 2/3, MISSED 1/3\n");
    assert_contains(text, "  heap/wrong leaky plain: holds 9 units, not 10\n");
    assert_contains(text, "Leaks that no detector here found\n  heap/late-free\n");
    assert_contains(text, "\n2 known deviations (leakyard report --deviations lists them)\n");
    ck_assert(g_str_has_suffix(text, "\n2 verdicts differ, 1 scenario unproved, 4 unrecorded "
                                     "(fails only with --strict), 3 unsupported here: exit 1.\n"));
}
END_TEST

START_TEST(text_says_that_strictness_made_it_fail)
{
    g_autoptr(GPtrArray) records = records_new();
    records_add(records, "heap/a", FIXED, "memcheck", V(CLEAN));
    result_expect(records_add(records, "heap/a", LEAKY, "memcheck", V(MISSED)), V(FOUND), NULL,
                  YARD__RESULT__STANDING__UNRECORDED);
    g_autofree char *mild = records_written(records, "text");
    g_autofree char *strict = records_written_strictly(records, "text");
    ck_assert(g_str_has_suffix(mild, "\nAs expected: 1 verdict, 1 unrecorded (fails only with "
                                     "--strict).\n"));
    ck_assert(g_str_has_suffix(strict, "\n1 unrecorded: exit 1.\n"));
}
END_TEST

START_TEST(text_of_a_good_run_is_short)
{
    g_autoptr(GPtrArray) records = records_new();
    records_add(records, "heap/a", LEAKY, "memcheck", V(FOUND));
    records_add(records, "heap/a", FIXED, "memcheck", V(CLEAN));
    g_autofree char *text = records_written(records, "text");
    assert_lacks(text, "Differs");
    assert_lacks(text, "Not judged");
    assert_lacks(text, "UNPROVED");
    assert_lacks(text, "deviation");
    assert_lacks(text, "no detector");
    ck_assert(g_str_has_suffix(text, "\nAs expected: 2 verdicts.\n"));
}
END_TEST

START_TEST(scorecard_counts_each_detector)
{
    g_autoptr(GPtrArray) records = records_new();
    Yard__Result *found = records_add(records, "heap/a", LEAKY, "memcheck", V(FOUND));
    found->has_located = found->has_counted = true;
    found->located = YARD__LOCATED__LINE;
    found->counted = YARD__COUNTED__UNITS_EXACT;
    found->has_wall_ratio = true;
    found->wall_ratio = 20;
    records_add(records, "heap/a", FIXED, "memcheck", V(CLEAN));
    records_add(records, "heap/b", LEAKY, "memcheck", V(MISSED))->claimed = false;
    g_autofree char *text = records_written(records, "text");
    assert_contains(text, "  detector  found  all  missed  far  alarms  located  counted");
    assert_contains(text, "  memcheck    1/1  1/2       1    0     0/1      1/1      1/1");
    assert_contains(text, "20x");
    assert_contains(text, "+1.00 [");
}
END_TEST

START_TEST(scorecard_fits_the_page)
{
    g_autoptr(GPtrArray) records = records_new();
    for (guint i = 0; i < 60; i++) {
        g_autofree char *id = g_strdup_printf("class-%u/scenario-%02u", i % 11, i);
        Yard__Result *result =
            records_add(records, id, LEAKY, "pprof-goroutine", i % 3 ? V(FOUND) : V(MISSED));
        result->has_wall_ratio = result->has_memory_ratio = true;
        result->wall_ratio = result->memory_ratio = 123.4;
        records_add(records, id, FIXED, "pprof-goroutine", V(CLEAN));
    }
    g_autofree char *text = records_written(records, "text");
    g_auto(GStrv) lines = g_strsplit(strstr(text, "\nScorecard\n"), "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        ck_assert_msg(display_width(*line) <= PAGE_WIDTH, "%s", *line);
}
END_TEST

START_TEST(deviations_are_grouped_by_reason)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    struct report_input input;
    report_input_init(&input, records);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    ck_assert(deviations_write(&input, out, false, NULL));
    fclose(out);
    report_input_clear(&input);
    ck_assert_str_eq(text, "proc MISSED: \n  heap/lost leaky\n"
                           "memcheck MISSED: sees only the stack's block\n"
                           "  threads/stuck leaky\n2 known deviations\n");
    free(text);
}
END_TEST

START_TEST(width_is_that_of_a_terminal)
{
    ck_assert_uint_eq(display_width("abc"), 3);
    ck_assert_uint_eq(display_width("●✓"), 2);
    ck_assert_uint_eq(display_width("漏れ"), 4);
    ck_assert_uint_eq(display_width("e\u0301"), 1);
}
END_TEST

START_TEST(printable_disarms_what_tools_print)
{
    g_autofree char *text = printable("a\x1b[31m\nb\xff\xc2\x9b\xef\xbf\xbf\t");
    ck_assert_str_eq(text, "a [31m b\uFFFD \uFFFD");
    g_autofree char *nothing = printable(NULL);
    ck_assert_str_eq(nothing, "");
}
END_TEST

static Suite *report_suite(void)
{
    Suite *suite = suite_create("report");
    TCase *input = tcase_create("input");
    tcase_add_test(input, last_record_of_a_cell_counts);
    tcase_add_test(input, a_repetition_that_is_unproved_stays_so);
    tcase_add_test(input, repetitions_stay_apart);
    tcase_add_test(input, columns_name_a_flavour_only_where_needed);
    tcase_add_test(input, exit_codes);
    tcase_add_test(input, unproved_scenario_fails_a_run);
    tcase_add_test(input, unfound_leaks_are_those_that_were_run);
    suite_add_tcase(suite, input);
    TCase *output = tcase_create("output");
    tcase_add_test(output, outputs_are_parsed);
    tcase_add_test(output, files_are_replaced_whole);
    tcase_add_test(output, file_that_cannot_be_written_is_named);
    suite_add_tcase(suite, output);
    TCase *text = tcase_create("text");
    tcase_add_test(text, matrix_shows_each_verdict_with_its_standing);
    tcase_add_test(text, matrix_without_utf8_is_ascii);
    tcase_add_test(text, colour_comes_only_when_asked_for);
    tcase_add_test(text, matrix_fits_the_page_with_any_number_of_detectors);
    tcase_add_test(text, text_says_what_differs_and_why);
    tcase_add_test(text, text_says_that_strictness_made_it_fail);
    tcase_add_test(text, text_of_a_good_run_is_short);
    tcase_add_test(text, scorecard_counts_each_detector);
    tcase_add_test(text, scorecard_fits_the_page);
    tcase_add_test(text, deviations_are_grouped_by_reason);
    tcase_add_test(text, width_is_that_of_a_terminal);
    tcase_add_test(text, printable_disarms_what_tools_print);
    suite_add_tcase(suite, text);
    return suite;
}
SUITE(report_suite);
