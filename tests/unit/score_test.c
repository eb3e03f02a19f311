#include "judge/score.h"

#include <glib.h>
#include <stdbool.h>

#include "schema/message.h"
#include "suite.h"

#define LEAKY       YARD__VARIANT__LEAKY
#define FIXED       YARD__VARIANT__FIXED
#define FOUND       YARD__RESULT__VERDICT__FOUND
#define MISSED      YARD__RESULT__VERDICT__MISSED
#define CLEAN       YARD__RESULT__VERDICT__CLEAN
#define FALSE_ALARM YARD__RESULT__VERDICT__FALSE_ALARM
#define ERROR       YARD__RESULT__VERDICT__ERROR
#define TIMEOUT     YARD__RESULT__VERDICT__TIMEOUT

static void free_result(gpointer data)
{
    yard__result__free_unpacked(data, NULL);
}

static Yard__Result *put(GPtrArray *results, const char *id, Yard__Variant variant,
                         Yard__Result__Verdict verdict)
{
    Yard__Result *result = g_new(Yard__Result, 1);
    yard__result__init(result);
    message_set_string(&result->scenario, id);
    message_set_string(&result->detector, "tool");
    message_set_string(&result->flavour, "plain");
    message_set_string(&result->version, "3.19.0");
    result->variant = variant;
    result->verdict = verdict;
    result->claimed = true;
    g_ptr_array_add(results, result);
    return result;
}

/* Of COUNT scenarios of one class. */
static void put_many(GPtrArray *results, guint count, const char *class_name, Yard__Variant variant,
                     Yard__Result__Verdict verdict)
{
    for (guint i = 0; i < count; i++) {
        g_autofree char *id = g_strdup_printf("%s/%u-%u", class_name, verdict, i);
        put(results, id, variant, verdict);
    }
}

static GPtrArray *no_results(void)
{
    return g_ptr_array_new_with_free_func(free_result);
}

START_TEST(tallies)
{
    g_autoptr(GPtrArray) results = no_results();
    Yard__Result *line = put(results, "heap/a", LEAKY, FOUND);
    line->has_located = line->has_counted = true;
    line->located = YARD__LOCATED__LINE;
    line->counted = YARD__COUNTED__BLOCKS_EXACT;
    line->noise = 2;
    Yard__Result *module = put(results, "heap/b", LEAKY, FOUND);
    module->has_located = module->has_counted = true;
    module->located = YARD__LOCATED__MODULE;
    module->counted = YARD__COUNTED__WITHIN_TENTH;
    put(results, "heap/c", LEAKY, MISSED);
    put(results, "heap/d", LEAKY, MISSED)->out_of_reach = true;
    put(results, "heap/e", LEAKY, ERROR);
    put(results, "heap/e", FIXED, TIMEOUT)->noise = 3;
    put(results, "heap/a", FIXED, CLEAN);
    put(results, "heap/b", FIXED, FALSE_ALARM);
    put(results, "heap/f", LEAKY, YARD__RESULT__VERDICT__UNSUPPORTED);
    g_autoptr(GPtrArray) scores = score_results(results);
    ck_assert_int_eq(scores->len, 1);
    const struct score *score = g_ptr_array_index(scores, 0);
    ck_assert_str_eq(score->version, "3.19.0");
    const struct tally *tally = &score->all;
    ck_assert_int_eq(tally->leaky, 5);
    ck_assert_int_eq(tally->found, 2);
    ck_assert_int_eq(tally->missed, 2);
    ck_assert_int_eq(tally->out_of_reach, 1);
    ck_assert_int_eq(tally->sound, 3);
    ck_assert_int_eq(tally->clean, 1);
    ck_assert_int_eq(tally->false_alarms, 1);
    ck_assert_int_eq(tally->errors, 2);
    ck_assert_int_eq(tally->located, 1);
    ck_assert_int_eq(tally->counted, 1);
    ck_assert_int_eq(tally->noise, 5);
    ck_assert_double_eq_tol(tally->score, 2.0 / 5 - 1.0 / 3, 1e-9);
}
END_TEST

/* Newcombe's own example: 56/70 against 48/80, method 10. */
START_TEST(newcombe)
{
    g_autoptr(GPtrArray) results = no_results();
    put_many(results, 56, "heap", LEAKY, FOUND);
    put_many(results, 14, "heap", LEAKY, MISSED);
    put_many(results, 48, "heap", FIXED, FALSE_ALARM);
    put_many(results, 32, "heap", FIXED, CLEAN);
    g_autoptr(GPtrArray) scores = score_results(results);
    const struct score *score = g_ptr_array_index(scores, 0);
    ck_assert_double_eq_tol(score->all.score, 0.2, 1e-9);
    ck_assert_double_eq_tol(score->all.low, 0.0524, 5e-5);
    ck_assert_double_eq_tol(score->all.high, 0.3339, 5e-5);
    const struct class_score *heap = g_ptr_array_index(score->classes, 0);
    ck_assert_double_eq_tol(heap->claimed.low, 0.0524, 5e-5);
}
END_TEST

/* What is said again of one program is nothing new: the tallies grow, the interval stays. */
START_TEST(repetitions_of_a_cell)
{
    g_autoptr(GPtrArray) once = no_results(), often = no_results();
    for (guint i = 0; i < 20; i++) {
        GPtrArray *both[] = {often, once};
        for (gsize k = 0; k < (i == 0 ? 2 : 1); k++) {
            put(both[k], "heap/b", LEAKY, MISSED);
            put(both[k], "heap/a", FIXED, CLEAN);
            put(both[k], "heap/a", LEAKY, FOUND);
            put(both[k], "threads/a", LEAKY, FOUND);
        }
    }
    g_autoptr(GPtrArray) few = score_results(once), many = score_results(often);
    const struct score *first = g_ptr_array_index(few, 0), *second = g_ptr_array_index(many, 0);
    ck_assert_int_eq(first->all.found, 2);
    ck_assert_int_eq(second->all.found, 40);
    ck_assert_int_eq(second->all.leaky_cells, 3);
    ck_assert_double_eq_tol(second->all.score, first->all.score, 1e-9);
    ck_assert_double_eq_tol(second->all.low, first->all.low, 1e-9);
    ck_assert_double_eq_tol(second->all.high, first->all.high, 1e-9);
}
END_TEST

/* A cell that is unsteady is a hit by the share of its runs. */
START_TEST(unsteady_cell)
{
    g_autoptr(GPtrArray) results = no_results();
    put(results, "heap/a", LEAKY, FOUND);
    put(results, "heap/b", LEAKY, FOUND);
    put(results, "heap/a", LEAKY, MISSED);
    put(results, "heap/a", LEAKY, ERROR);
    put(results, "heap/a", LEAKY, TIMEOUT);
    g_autoptr(GPtrArray) scores = score_results(results);
    const struct score *score = g_ptr_array_index(scores, 0);
    ck_assert_int_eq(score->all.leaky, 5);
    ck_assert_int_eq(score->all.leaky_cells, 2);
    ck_assert_double_eq_tol(score->all.score, 5.0 / 8, 1e-9);
}
END_TEST

/* A class counts once, however many scenarios it has; traps have alarms only. */
START_TEST(average_of_classes)
{
    g_autoptr(GPtrArray) results = no_results();
    put_many(results, 9, "heap", LEAKY, FOUND);
    put_many(results, 9, "heap", FIXED, CLEAN);
    put(results, "threads/a", LEAKY, MISSED);
    put(results, "threads/a", FIXED, CLEAN);
    put(results, "trap/a", YARD__VARIANT__CLEAN, FALSE_ALARM);
    g_autoptr(GPtrArray) scores = score_results(results);
    const struct score *score = g_ptr_array_index(scores, 0);
    ck_assert_int_eq(score->classes->len, 3);
    const struct class_score *heap = g_ptr_array_index(score->classes, 0);
    const struct class_score *threads = g_ptr_array_index(score->classes, 1);
    const struct class_score *trap = g_ptr_array_index(score->classes, 2);
    ck_assert_str_eq(heap->class_name, "heap");
    ck_assert_double_eq_tol(heap->all.score, 1, 1e-9);
    ck_assert_str_eq(threads->class_name, "threads");
    ck_assert_double_eq_tol(threads->all.score, 0, 1e-9);
    ck_assert_str_eq(trap->class_name, "trap");
    ck_assert_double_eq_tol(trap->all.score, -1, 1e-9);
    ck_assert_double_eq_tol(score->all.score, 1.0 / 2 - 1.0 / 3, 1e-9);
    ck_assert(score->all.low < score->all.score && score->all.score < score->all.high);
    ck_assert(score->all.low >= -1 && score->all.high <= 1);
}
END_TEST

START_TEST(claims_apart)
{
    g_autoptr(GPtrArray) results = no_results();
    put(results, "heap/a", LEAKY, FOUND);
    put(results, "heap/a", FIXED, CLEAN);
    put(results, "heap/b", LEAKY, MISSED)->claimed = false;
    put(results, "heap/b", FIXED, CLEAN)->claimed = false;
    g_autoptr(GPtrArray) scores = score_results(results);
    const struct score *score = g_ptr_array_index(scores, 0);
    ck_assert_int_eq(score->claimed.leaky, 1);
    ck_assert_int_eq(score->all.leaky, 2);
    ck_assert_double_eq_tol(score->claimed.score, 1, 1e-9);
    ck_assert_double_eq_tol(score->all.score, 0.5, 1e-9);
}
END_TEST

START_TEST(detectors_and_flavours_apart)
{
    g_autoptr(GPtrArray) results = no_results();
    put(results, "heap/a", LEAKY, FOUND);
    message_set_string(&put(results, "heap/a", LEAKY, MISSED)->flavour, "O2");
    message_set_string(&put(results, "heap/a", LEAKY, MISSED)->detector, "another");
    put(results, "heap/b", LEAKY, FOUND);
    g_autoptr(GPtrArray) scores = score_results(results);
    ck_assert_int_eq(scores->len, 3);
    const struct score *first = g_ptr_array_index(scores, 0);
    const struct score *second = g_ptr_array_index(scores, 1);
    const struct score *third = g_ptr_array_index(scores, 2);
    ck_assert_str_eq(first->detector, "another");
    ck_assert_str_eq(second->flavour, "O2");
    ck_assert_str_eq(third->flavour, "plain");
    ck_assert_int_eq(third->all.found, 2);
}
END_TEST

START_TEST(median_costs)
{
    static const double ratios[] = {20, 1, 3, 4};
    g_autoptr(GPtrArray) results = no_results();
    for (gsize i = 0; i < G_N_ELEMENTS(ratios); i++) {
        Yard__Result *result = put(results, "heap/a", LEAKY, FOUND);
        result->has_wall_ratio = true;
        result->wall_ratio = ratios[i];
        result->has_memory_ratio = i < 3;
        result->memory_ratio = ratios[i];
    }
    put(results, "heap/a", FIXED, CLEAN); /* shared: no cost */
    g_autoptr(GPtrArray) scores = score_results(results);
    const struct score *score = g_ptr_array_index(scores, 0);
    ck_assert_double_eq_tol(score->wall_ratio, 3.5, 1e-9);
    ck_assert_double_eq_tol(score->memory_ratio, 3, 1e-9);
}
END_TEST

START_TEST(nothing_to_score)
{
    g_autoptr(GPtrArray) results = no_results();
    put(results, "heap/a", LEAKY, YARD__RESULT__VERDICT__UNSUPPORTED);
    g_autoptr(GPtrArray) scores = score_results(results);
    ck_assert_int_eq(scores->len, 0);
}
END_TEST

static Suite *score_suite(void)
{
    Suite *suite = suite_create("score");
    TCase *tests = tcase_create("scores");
    tcase_add_test(tests, tallies);
    tcase_add_test(tests, newcombe);
    tcase_add_test(tests, repetitions_of_a_cell);
    tcase_add_test(tests, unsteady_cell);
    tcase_add_test(tests, average_of_classes);
    tcase_add_test(tests, claims_apart);
    tcase_add_test(tests, detectors_and_flavours_apart);
    tcase_add_test(tests, median_costs);
    tcase_add_test(tests, nothing_to_score);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE(score_suite);
