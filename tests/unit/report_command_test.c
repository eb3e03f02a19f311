/* The verbs report and compare, on results files. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "records.h"
#include "schema/results.h"

#include "suite.h" /* last: Check defines a macro called fail */

#define assert_contains(text, part)                                                                \
    ck_assert_msg(strstr(text, part) != NULL, "no '%s' in:\n%s", part, text)

static char *folder;

static void make_folder(void)
{
    folder = g_dir_make_tmp("verbs-XXXXXX", NULL);
    ck_assert_ptr_nonnull(folder);
    g_setenv("LC_ALL", "C.UTF-8", TRUE);
}

static void remove_folder(void)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    for (const char *name = g_dir_read_name(entries); name; name = g_dir_read_name(entries)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        unlink(path);
    }
    ck_assert_int_eq(g_rmdir(folder), 0);
    g_clear_pointer(&folder, g_free);
}

/* Writes RECORDS as a results file. Free the path with g_free. */
static char *saved(const GPtrArray *records, const char *name)
{
    char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;
    int file = results_open(path, true, &error);
    ck_assert_msg(file >= 0, "%s", error ? error->message : "");
    for (guint i = 0; i < records->len; i++)
        ck_assert(results_append(file, records->pdata[i], &error));
    close(file);
    return path;
}

static const struct command *command_named(const char *name)
{
    g_autoptr(GPtrArray) commands = commands_all();
    for (guint i = 0; i < commands->len; i++)
        if (strcmp(((struct command *)commands->pdata[i])->name, name) == 0)
            return commands->pdata[i];
    ck_abort_msg("no command %s", name);
    return NULL;
}

/* Runs a verb with WORDS; *OUTPUT gets what it printed, to be freed with g_free. */
static int run(const char *verb, char **words, char **output, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "stdout", NULL);
    fflush(stdout);
    int terminal = dup(STDOUT_FILENO);
    int file = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    ck_assert_int_ge(dup2(file, STDOUT_FILENO), 0);
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_ptr_array_add(arguments, (gpointer)verb);
    for (char **word = words; *word != NULL; word++)
        g_ptr_array_add(arguments, *word);
    g_ptr_array_add(arguments, NULL);
    int code = command_named(verb)->run((int)arguments->len - 1, (char **)arguments->pdata, error);
    fflush(stdout);
    ck_assert_int_ge(dup2(terminal, STDOUT_FILENO), 0);
    close(terminal);
    close(file);
    ck_assert(g_file_get_contents(path, output, NULL, NULL));
    return code;
}

START_TEST(report_merges_files_and_exits_as_run)
{
    g_autoptr(GPtrArray) bad = records_of_a_mixed_run();
    g_autoptr(GPtrArray) good = records_new();
    records_add(good, "cgo/shared", YARD__VARIANT__LEAKY, "memcheck", YARD__RESULT__VERDICT__FOUND);
    g_autofree char *first = saved(good, "good.pb"), *second = saved(bad, "bad.pb");
    g_autofree char *output = NULL, *merged = NULL;
    ck_assert_int_eq(run("report", (char *[]){first, NULL}, &output, NULL), EXIT_AS_EXPECTED);
    assert_contains(output, "As expected: 1 verdict.\n");
    ck_assert_int_eq(run("report", (char *[]){first, second, NULL}, &merged, NULL), EXIT_DIFFERS);
    assert_contains(merged, "10 scenarios, 2 detectors, 19 verdicts\n");
}
END_TEST

START_TEST(report_writes_several_formats_at_once)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    g_autofree char *file = saved(records, "results.pb");
    g_autofree char *csv = g_build_filename(folder, "out.csv", NULL);
    g_autofree char *option = g_strdup_printf("csv:%s", csv);
    g_autofree char *output = NULL, *rows = NULL;
    ck_assert_int_eq(
        run("report", (char *[]){"-O", option, "-O", "tap", file, NULL}, &output, NULL),
        EXIT_DIFFERS);
    ck_assert(g_str_has_prefix(output, "TAP version 13\n"));
    ck_assert(g_file_get_contents(csv, &rows, NULL, NULL));
    assert_contains(rows, "heap/lost,heap,leaky,plain,memcheck,1.0,,FOUND,");
}
END_TEST

START_TEST(report_is_strict_only_when_told)
{
    g_autoptr(GPtrArray) records = records_new();
    result_expect(
        records_add(records, "heap/a", YARD__VARIANT__LEAKY, "mine", YARD__RESULT__VERDICT__MISSED),
        YARD__RESULT__VERDICT__FOUND, NULL, YARD__RESULT__STANDING__UNRECORDED);
    g_autofree char *file = saved(records, "results.pb");
    g_autofree char *output = NULL, *strict = NULL;
    ck_assert_int_eq(run("report", (char *[]){file, NULL}, &output, NULL), EXIT_AS_EXPECTED);
    ck_assert_int_eq(run("report", (char *[]){"--strict", file, NULL}, &strict, NULL),
                     EXIT_DIFFERS);
}
END_TEST

START_TEST(report_lists_deviations)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    g_autofree char *file = saved(records, "results.pb");
    g_autofree char *output = NULL;
    run("report", (char *[]){"--deviations", file, NULL}, &output, NULL);
    ck_assert(g_str_has_suffix(output, "memcheck MISSED: sees only the stack's block\n"
                                       "  threads/stuck leaky\n2 known deviations\n"));
}
END_TEST

START_TEST(report_of_nothing_is_an_error)
{
    g_autoptr(GPtrArray) records = records_new();
    records_add_provenance(records);
    g_autofree char *file = saved(records, "results.pb");
    g_autofree char *output = NULL;
    g_autoptr(GError) error = NULL;
    run("report", (char *[]){file, NULL}, &output, &error);
    ck_assert_ptr_nonnull(error);
    ck_assert_int_eq(error->code, EXIT_NOTHING_SELECTED);
    assert_contains(error->message, file);
}
END_TEST

START_TEST(report_of_a_missing_file_is_an_error)
{
    g_autofree char *file = g_build_filename(folder, "absent.pb", NULL);
    g_autofree char *output = NULL;
    g_autoptr(GError) error = NULL;
    run("report", (char *[]){file, NULL}, &output, &error);
    ck_assert_ptr_nonnull(error);
    assert_contains(error->message, file);
}
END_TEST

START_TEST(compare_exits_by_whether_anything_changed)
{
    g_autoptr(GPtrArray) old = records_of_a_mixed_run();
    g_autoptr(GPtrArray) new = records_of_a_mixed_run();
    records_add(new, "heap/lost", YARD__VARIANT__LEAKY, "memcheck", YARD__RESULT__VERDICT__MISSED);
    g_autofree char *before = saved(old, "old.pb"), *after = saved(new, "new.pb");
    g_autofree char *same = NULL, *changed = NULL, *json = NULL;
    ck_assert_int_eq(run("compare", (char *[]){before, before, NULL}, &same, NULL),
                     EXIT_AS_EXPECTED);
    ck_assert_str_eq(same, "16 compared, 0 changed, 0 only in old, 0 only in new\n");
    ck_assert_int_eq(run("compare", (char *[]){before, after, NULL}, &changed, NULL), EXIT_DIFFERS);
    ck_assert_str_eq(changed, "heap/lost leaky memcheck@plain: verdict FOUND -> MISSED\n"
                              "16 compared, 1 changed, 0 only in old, 0 only in new\n");
    ck_assert_int_eq(run("compare", (char *[]){"--json", before, after, NULL}, &json, NULL),
                     EXIT_DIFFERS);
    assert_contains(json, "\"what\": \"verdict\"");
    assert_contains(json, "\"new\": \"MISSED\"");
}
END_TEST

static Suite *report_command_suite(void)
{
    Suite *suite = suite_create("report_command");
    TCase *verbs = tcase_create("verbs");
    tcase_add_checked_fixture(verbs, make_folder, remove_folder);
    tcase_add_test(verbs, report_merges_files_and_exits_as_run);
    tcase_add_test(verbs, report_writes_several_formats_at_once);
    tcase_add_test(verbs, report_is_strict_only_when_told);
    tcase_add_test(verbs, report_lists_deviations);
    tcase_add_test(verbs, report_of_nothing_is_an_error);
    tcase_add_test(verbs, report_of_a_missing_file_is_an_error);
    tcase_add_test(verbs, compare_exits_by_whether_anything_changed);
    suite_add_tcase(suite, verbs);
    return suite;
}
SUITE(report_command_suite);
