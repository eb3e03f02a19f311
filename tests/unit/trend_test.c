#include <glib.h>
#include <string.h>

#include "detector_fixture.h"
#include "suite.h"

/* START KiB, then STEP more at each checkpoint. */
static char *series(guint checkpoints, guint start, guint step)
{
    GString *text = g_string_new("checkpoint,checkpoints,rounds,resident_anonymous_kib\n");
    for (guint i = 0; i <= checkpoints; i++)
        g_string_append_printf(text, "%u,%u,%u,%u\n", i, checkpoints, 1 + 10 * i, start + step * i);
    return g_string_free(text, false);
}

START_TEST(growth_is_found)
{
    g_autofree char *text = series(10, 200, 12);
    ck_assert(finds_in("trend", "facts.csv", text));
    ck_assert_uint_eq(findings->len, 1);
    const Yard__Finding *finding = g_ptr_array_index(findings, 0);
    ck_assert_int_eq(finding->claim, YARD__CLAIM__OUTSTANDING);
    ck_assert_int_eq(finding->resource, YARD__RESOURCE__MEMORY);
    ck_assert_int_eq(finding->since, YARD__SINCE__WARM_UP);
    ck_assert(!finding->has_units);
    ck_assert_int_eq(finding->bytes, 120 * 1024);
    ck_assert_ptr_nonnull(strstr(finding->text, "grows by 12.0 KiB a checkpoint"));
}
END_TEST

START_TEST(constant_memory_is_no_finding)
{
    g_autofree char *text = series(10, 600, 0);
    ck_assert(finds_in("trend", "facts.csv", text));
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

START_TEST(recorded_programs)
{
    static const struct {
        const char *name;
        guint findings;
    } programs[] = {{"trend/blocked-threads.csv", 1}, {"trend/steady.csv", 0}};
    g_autofree char *path = data_path(programs[_i].name);
    g_autofree char *text = NULL;
    ck_assert(g_file_get_contents(path, &text, NULL, NULL));
    ck_assert(finds_in("trend", "facts.csv", text));
    ck_assert_uint_eq(findings->len, programs[_i].findings);
}
END_TEST

START_TEST(too_few_checkpoints_are_an_error)
{
    g_autofree char *text = series(7, 600, 12);
    ck_assert(!finds_in("trend", "facts.csv", text));
    ck_assert_ptr_nonnull(strstr(problem->message, "too few"));
}
END_TEST

START_TEST(missing_row_is_an_error)
{
    g_autofree char *text = series(10, 600, 12);
    *strstr(text, "10,10,101") = '\0';
    ck_assert(!finds_in("trend", "facts.csv", text));
    ck_assert_ptr_nonnull(strstr(problem->message, "cut short"));
}
END_TEST

static Suite *trend_suite(void)
{
    Suite *suite = suite_create("trend");
    TCase *memory = tcase_create("memory");
    tcase_add_checked_fixture(memory, detector_set_up, detector_tear_down);
    tcase_add_test(memory, growth_is_found);
    tcase_add_test(memory, constant_memory_is_no_finding);
    tcase_add_loop_test(memory, recorded_programs, 0, 2);
    tcase_add_test(memory, too_few_checkpoints_are_an_error);
    tcase_add_test(memory, missing_row_is_an_error);
    suite_add_tcase(suite, memory);
    return suite;
}
SUITE(trend_suite);
