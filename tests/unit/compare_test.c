#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "records.h"
#include "report/difference.h"
#include "schema/message.h"
#include "suite.h"

#define V(word) YARD__RESULT__VERDICT__##word
#define LEAKY   YARD__VARIANT__LEAKY

/* Two runs and what changed between them. */
struct runs {
    GPtrArray *old, *new;
    struct report_input old_input, new_input;
    struct comparison comparison;
};

static void runs_compare(struct runs *runs)
{
    report_input_init(&runs->old_input, runs->old);
    report_input_init(&runs->new_input, runs->new);
    comparison_init(&runs->comparison, &runs->old_input, &runs->new_input);
}

static void runs_clear(struct runs *runs)
{
    comparison_clear(&runs->comparison);
    report_input_clear(&runs->old_input);
    report_input_clear(&runs->new_input);
    g_ptr_array_unref(runs->old);
    g_ptr_array_unref(runs->new);
}

static void set_grades(Yard__Result *result, Yard__Located located, Yard__Counted counted)
{
    result->has_located = result->has_counted = true;
    result->located = located;
    result->counted = counted;
}

/* The Nth change as "WHAT: BEFORE -> AFTER". */
static void assert_change(const struct runs *runs, guint index, const char *scenario,
                          const char *expected)
{
    ck_assert_uint_lt(index, runs->comparison.changed->len);
    const struct difference *change = runs->comparison.changed->pdata[index];
    g_autofree char *text =
        g_strdup_printf("%s: %s -> %s", change->what, change->before, change->after);
    ck_assert_str_eq(text, expected);
    ck_assert_str_eq(change->scenario, scenario);
}

START_TEST(same_run_has_no_differences)
{
    struct runs runs = {.old = records_of_a_mixed_run(), .new = records_of_a_mixed_run()};
    runs_compare(&runs);
    ck_assert(comparison_is_empty(&runs.comparison));
    ck_assert_uint_eq(runs.comparison.compared, 16);
    runs_clear(&runs);
}
END_TEST

START_TEST(verdicts_places_and_counts_are_told)
{
    struct runs runs = {.old = records_new(), .new = records_new()};
    records_add(runs.old, "heap/a", LEAKY, "memcheck", V(FOUND));
    records_add(runs.new, "heap/a", LEAKY, "memcheck", V(MISSED));
    set_grades(records_add(runs.old, "heap/b", LEAKY, "memcheck", V(FOUND)), YARD__LOCATED__LINE,
               YARD__COUNTED__UNITS_EXACT);
    set_grades(records_add(runs.new, "heap/b", LEAKY, "memcheck", V(FOUND)), YARD__LOCATED__MODULE,
               YARD__COUNTED__OFF);
    records_add_proof(runs.old, "heap/a", LEAKY, YARD__PROOF__STATUS__PROVED, NULL);
    records_add_proof(runs.new, "heap/a", LEAKY, YARD__PROOF__STATUS__UNPROVED, "9, not 10");
    runs_compare(&runs);
    ck_assert_uint_eq(runs.comparison.changed->len, 4);
    assert_change(&runs, 0, "heap/a", "proof: PROVED -> UNPROVED");
    assert_change(&runs, 1, "heap/a", "verdict: FOUND -> MISSED");
    assert_change(&runs, 2, "heap/b", "located: line -> module");
    assert_change(&runs, 3, "heap/b", "counted: units-exact -> off");
    runs_clear(&runs);
}
END_TEST

START_TEST(repetitions_are_compared_together)
{
    struct runs runs = {.old = records_of_a_mixed_run(), .new = records_of_a_mixed_run()};
    for (guint i = 0; i < runs.new->len; i++) {
        Yard__Result *result = ((Yard__Record *)runs.new->pdata[i])->result;
        if (result != NULL && result->repetition == 2)
            result->verdict = V(FOUND);
    }
    runs_compare(&runs);
    ck_assert_uint_eq(runs.comparison.changed->len, 1);
    assert_change(&runs, 0, "heap/shy", "verdict: FOUND 2/3, MISSED 1/3 -> FOUND");
    runs_clear(&runs);
}
END_TEST

START_TEST(what_only_one_holds_is_told_once)
{
    struct runs runs = {.old = records_new(), .new = records_new()};
    records_add(runs.old, "heap/a", LEAKY, "memcheck", V(FOUND));
    records_add(runs.new, "heap/a", LEAKY, "memcheck", V(FOUND));
    records_add(runs.old, "heap/gone", LEAKY, "memcheck", V(FOUND));
    records_add(runs.old, "heap/gone", YARD__VARIANT__FIXED, "memcheck", V(CLEAN));
    records_add(runs.new, "heap/a", LEAKY, "lsan", V(FOUND));
    records_add(runs.new, "heap/a", YARD__VARIANT__FIXED, "memcheck", V(CLEAN));
    runs_compare(&runs);
    ck_assert_uint_eq(runs.comparison.changed->len, 0);
    ck_assert_uint_eq(runs.comparison.only_old->len, 1);
    ck_assert_str_eq(runs.comparison.only_old->pdata[0], "scenario heap/gone");
    ck_assert_uint_eq(runs.comparison.only_new->len, 2);
    ck_assert_str_eq(runs.comparison.only_new->pdata[0], "detector lsan");
    ck_assert_str_eq(runs.comparison.only_new->pdata[1], "heap/a fixed memcheck@plain");
    ck_assert(!comparison_is_empty(&runs.comparison));
    runs_clear(&runs);
}
END_TEST

START_TEST(what_is_unproved_is_told_though_it_has_no_verdicts)
{
    struct runs runs = {.old = records_new(), .new = records_new()};
    records_add_proof(runs.old, "heap/gone", LEAKY, YARD__PROOF__STATUS__UNPROVED, "9, not 10");
    records_add_proof(runs.new, "heap/new", LEAKY, YARD__PROOF__STATUS__UNPROVED, "9, not 10");
    records_add_proof(runs.new, "heap/sound", LEAKY, YARD__PROOF__STATUS__PROVED, NULL);
    runs_compare(&runs);
    ck_assert_uint_eq(runs.comparison.changed->len, 2);
    assert_change(&runs, 0, "heap/gone", "proof: UNPROVED -> none");
    assert_change(&runs, 1, "heap/new", "proof: none -> UNPROVED");
    runs_clear(&runs);
}
END_TEST

START_TEST(a_proof_is_compared_with_that_of_its_repetition)
{
    struct runs runs = {.old = records_new(), .new = records_new()};
    GPtrArray *const both[] = {runs.old, runs.new};
    for (guint i = 0; i < 4; i++) {
        Yard__Proof *proof = records_add_proof(
            both[i / 2], "heap/a", LEAKY,
            i % 2 == 0 ? YARD__PROOF__STATUS__UNPROVED : YARD__PROOF__STATUS__PROVED, "");
        proof->has_repetition = true;
        proof->repetition = i % 2 + 1;
    }
    runs_compare(&runs);
    ck_assert(comparison_is_empty(&runs.comparison));
    runs_clear(&runs);
}
END_TEST

static Suite *compare_suite(void)
{
    Suite *suite = suite_create("compare");
    TCase *cells = tcase_create("cells");
    tcase_add_test(cells, same_run_has_no_differences);
    tcase_add_test(cells, verdicts_places_and_counts_are_told);
    tcase_add_test(cells, repetitions_are_compared_together);
    tcase_add_test(cells, what_only_one_holds_is_told_once);
    tcase_add_test(cells, what_is_unproved_is_told_though_it_has_no_verdicts);
    tcase_add_test(cells, a_proof_is_compared_with_that_of_its_repetition);
    suite_add_tcase(suite, cells);
    return suite;
}
SUITE(compare_suite);
