#include "judge/verdict.h"

#include <glib.h>
#include <signal.h>
#include <string.h>

#include "court.h"
#include "judge_fixture.h"
#include "schema/message.h"
#include "suite.h"

/* ---- One finding, one detector: the rules ---- */

struct rule_case {
    Yard__Variant variant;
    Yard__Claim claim;
    Yard__Resource resource;
    gint64 units; /* -1: absent */
    enum spot spot;
    guint bound;
    enum counting counts;
    gint64 cap;
    bool frameless;
    Yard__Result__Verdict verdict;
    const char *reason;
};

static const struct rule_case rules[] = {
    /* leaky: half of the true units, in the scenario or unplaced */
    {LEAKY, LEAKED, BLOCK, 100, AT_NEW, 0, COUNTS_EXACTLY, 0, false, FOUND,
     "100 of 100 units leaked" PLACE},
    {LEAKY, SUSPECTED, BLOCK, 50, AT_NEW, 0, COUNTS_EXACTLY, 0, false, FOUND,
     "50 of 100 units possibly lost" PLACE},
    {LEAKY, LEAKED, BLOCK, 49, AT_NEW, 0, COUNTS_EXACTLY, 0, false, MISSED,
     "49 of 100 units leaked" PLACE ": fewer than half"},
    {LEAKY, LEAKED, BLOCK, 100, CUT_SHORT, 0, COUNTS_ESTIMATE, 0, false, FOUND,
     "100 of 100 units leaked" NO_PLACE},
    {LEAKY, LEAKED, BLOCK, 100, IN_LIBRARY, 0, COUNTS_EXACTLY, 0, false, MISSED,
     "no finding in the scenario; 1 elsewhere"},
    {LEAKY, LEAKED, BLOCK, G_MAXINT64, AT_NEW, 0, COUNTS_EXACTLY, 0, false, FOUND,
     "9223372036854775807 of 100 units leaked" PLACE},
    /* a finding of an exact tool without a number is one unit */
    {LEAKY, LEAKED, BLOCK, -1, AT_NEW, 0, COUNTS_EXACTLY, 0, false, MISSED,
     "1 of 100 units leaked" PLACE ": fewer than half"},
    /* one is enough where nobody counts, or counting ends */
    {LEAKY, LEAKED, BLOCK, -1, AT_NEW, 0, COUNTS_NOTHING, 0, false, FOUND,
     "leaked, but not how many" PLACE},
    {LEAKY, LEAKED, BLOCK, 1, AT_NEW, 0, COUNTS_AT_LEAST, 0, false, FOUND,
     "1 of 100 units leaked" PLACE},
    {LEAKY, OUTSTANDING, BLOCK, 10, AT_NEW, 0, COUNTS_EXACTLY, 10, false, FOUND,
     "10 of 100 units outstanding" PLACE},
    {LEAKY, LEAKED, BLOCK, 0, AT_NEW, 0, COUNTS_AT_LEAST, 0, false, MISSED,
     "0 of 100 units leaked" PLACE ": no more than the 0 that the sound twin may hold"},
    /* no more than the twin may hold is no leak */
    {LEAKY, OUTSTANDING, BLOCK, 60, AT_NEW, 60, COUNTS_EXACTLY, 0, false, MISSED,
     "60 of 100 units outstanding" PLACE ": no more than the 60 that the sound twin may hold"},
    {LEAKY, OUTSTANDING, BLOCK, 61, AT_NEW, 60, COUNTS_EXACTLY, 0, false, FOUND,
     "61 of 100 units outstanding" PLACE},
    {LEAKY, LEAKED, BLOCK, 60, AT_NEW, 60, COUNTS_EXACTLY, 0, false, FOUND,
     "60 of 100 units leaked" PLACE},
    /* the wrong resource is a symptom */
    {LEAKY, LEAKED, THREAD, 100, AT_NEW, 0, COUNTS_EXACTLY, 0, false, MISSED,
     "a symptom only: thread, where heap-block leaks"},
    {LEAKY, LEAKED, THREAD, 100, CUT_SHORT, 0, COUNTS_EXACTLY, 0, false, MISSED,
     "no finding in the scenario"},
    {LEAKY, OUTSTANDING, MEMORY, -1, AT_NEW, 0, COUNTS_EXACTLY, 0, false, MISSED,
     "a symptom only: memory, where heap-block leaks"},
    /* growth of memory, from a detector that places nothing */
    {LEAKY, OUTSTANDING, MEMORY, -1, NO_STACK, 0, COUNTS_NOTHING, 0, true, FOUND,
     "resident memory grows" NO_PLACE},
    {LEAKY, OUTSTANDING, MEMORY, -1, NO_STACK, 16, COUNTS_ESTIMATE, 0, true, FOUND,
     "resident memory grows" NO_PLACE},
    {LEAKY, OUTSTANDING, FD, 100, NO_STACK, 0, COUNTS_EXACTLY, 0, true, MISSED, "no finding"},
    /* sound: any loss in the scenario is an alarm */
    {FIXED, LEAKED, BLOCK, 1, AT_NEW, 16, COUNTS_EXACTLY, 0, false, FALSE_ALARM,
     "1 unit leaked" PLACE ": nothing leaks here"},
    {FIXED, SUSPECTED, BLOCK, 1, AT_GROW, 0, COUNTS_EXACTLY, 0, false, FALSE_ALARM,
     "1 unit possibly lost, at table_grow (variant.c:90): nothing leaks here"},
    {TRAP, SUSPECTED, THREAD, 1, AT_NEW, 16, COUNTS_EXACTLY, 0, false, FALSE_ALARM,
     "1 thread unit possibly lost" PLACE ": nothing leaks here"},
    {FIXED, LEAKED, BLOCK, -1, AT_NEW, 16, COUNTS_NOTHING, 0, false, FALSE_ALARM,
     "leaked, but not how many" PLACE ": nothing leaks here"},
    {FIXED, LEAKED, BLOCK, 0, AT_NEW, 0, COUNTS_EXACTLY, 0, false, CLEAN,
     "0 units leaked" PLACE ": no alarm, a sound program may hold 0"},
    /* what is held is one above the bound */
    {TRAP, OUTSTANDING, BLOCK, 16, AT_NEW, 16, COUNTS_EXACTLY, 0, false, CLEAN,
     "16 units outstanding" PLACE ": no alarm, a sound program may hold 16"},
    {TRAP, OUTSTANDING, BLOCK, 17, AT_NEW, 16, COUNTS_EXACTLY, 0, false, FALSE_ALARM,
     "17 units outstanding" PLACE ": it holds no more than 16"},
    {FIXED, OUTSTANDING, FD, 17, AT_NEW, 16, COUNTS_EXACTLY, 0, false, CLEAN,
     "no finding in the scenario"},
    {FIXED, OUTSTANDING, BLOCK, -1, AT_NEW, 16, COUNTS_NOTHING, 0, false, FALSE_ALARM,
     "outstanding, but not how many" PLACE ": nothing leaks here"},
    /* noise stays noise */
    {FIXED, LEAKED, BLOCK, 1000, IN_LIBRARY, 0, COUNTS_EXACTLY, 0, false, CLEAN,
     "no finding in the scenario; 1 elsewhere"},
    /* unplaced: an alarm only where it would have passed for the leak */
    {FIXED, LEAKED, BLOCK, 49, CUT_SHORT, 0, COUNTS_EXACTLY, 0, false, CLEAN,
     "49 units leaked" NO_PLACE ": too little to pass for the leak"},
    {FIXED, LEAKED, BLOCK, 50, CUT_SHORT, 0, COUNTS_EXACTLY, 0, false, FALSE_ALARM,
     "50 units leaked" NO_PLACE ": nothing leaks here"},
    {FIXED, LEAKED, THREAD, 500, CUT_SHORT, 0, COUNTS_EXACTLY, 0, false, CLEAN,
     "no finding in the scenario"},
    {FIXED, LEAKED, BLOCK, -1, CUT_SHORT, 0, COUNTS_NOTHING, 0, false, FALSE_ALARM,
     "leaked, but not how many" NO_PLACE ": nothing leaks here"},
    /* growth, from a detector that places nothing */
    {FIXED, OUTSTANDING, MEMORY, -1, NO_STACK, 16, COUNTS_NOTHING, 0, true, FALSE_ALARM,
     "resident memory grows" NO_PLACE ": nothing leaks here"},
    {FIXED, OUTSTANDING, BLOCK, 16, NO_STACK, 16, COUNTS_EXACTLY, 0, true, CLEAN,
     "16 units outstanding" NO_PLACE ": no alarm, a sound program may hold 16"},
    {FIXED, OUTSTANDING, BLOCK, 17, NO_STACK, 16, COUNTS_EXACTLY, 0, true, FALSE_ALARM,
     "17 units outstanding" NO_PLACE ": it holds no more than 16"},
    /* the bound is of what could leak, and of nothing else */
    {FIXED, OUTSTANDING, FD, 1, NO_STACK, 16, COUNTS_EXACTLY, 0, true, FALSE_ALARM,
     "1 descriptor unit outstanding" NO_PLACE ": it holds no more than 0"},
    {FIXED, LEAKED, BLOCK, 1, NO_STACK, 16, COUNTS_EXACTLY, 0, true, FALSE_ALARM,
     "1 unit leaked" NO_PLACE ": nothing leaks here"},
};

static void court_for(struct court *court, const struct rule_case *rule, Yard__Variant variant)
{
    court_open(court, variant);
    court->scenario.bound = rule->bound;
    if (variant == TRAP)
        court->scenario.kind = YARD__KIND__NOT_A_LEAK;
    court->detector.counts = rule->counts;
    court->detector.cap = rule->cap;
    court->detector.places = !rule->frameless;
    court_report(court, rule->claim, rule->resource, rule->units, rule->spot);
}

START_TEST(one_finding)
{
    struct court court;
    court_for(&court, &rules[_i], rules[_i].variant);
    court_expect(&court, rules[_i].verdict, rules[_i].reason);
    court_close(&court);
}
END_TEST

/* No report is right about both twins. */
START_TEST(same_report_of_twins)
{
    struct court leaky, fixed;
    court_for(&leaky, &rules[_i], LEAKY);
    court_for(&fixed, &rules[_i], FIXED);
    judge(&leaky.evidence, leaky.result);
    judge(&fixed.evidence, fixed.result);
    ck_assert(leaky.result->verdict != FOUND || fixed.result->verdict == FALSE_ALARM);
    court_close(&leaky);
    court_close(&fixed);
}
END_TEST

/* ---- Several findings ---- */

START_TEST(sums_of_one_site)
{
    struct court court;
    court_open(&court, LEAKY);
    court_report(&court, LEAKED, BLOCK, 9, AT_GROW);
    court_report(&court, SUSPECTED, BLOCK, 1, AT_NEW);
    court_report(&court, LEAKED, BLOCK, 90, CUT_SHORT);
    court_report(&court, LEAKED, BLOCK, 7, IN_LIBRARY);
    court_report(&court, LEAKED, BLOCK, 8, IN_LIBRARY);
    court_report(&court, LEAKED, THREAD, 3, AT_NEW);
    court_expect(&court, FOUND, "100 of 100 units possibly lost" PLACE);
    const Yard__Result *result = court.result;
    ck_assert_int_eq(result->units, 100);
    ck_assert_int_eq(result->true_units, 100);
    ck_assert_int_eq(result->noise, 2);
    ck_assert_int_eq(result->located, YARD__LOCATED__LINE);
    ck_assert_int_eq(result->counted, YARD__COUNTED__UNITS_EXACT);
    ck_assert(!result->symptom && !result->out_of_reach && result->claimed);
    ck_assert_str_eq(result->finding[5]->rule,
                     "symptom, in the scenario: thread, where heap-block leaks");
    ck_assert_str_eq(result->finding[3]->rule,
                     "noise: its whole stack lies outside of the scenario");
    court_close(&court);
}
END_TEST

START_TEST(sums_saturate)
{
    struct court court;
    court_open(&court, FIXED);
    court_report(&court, OUTSTANDING, BLOCK, G_MAXINT64, AT_NEW);
    court_report(&court, OUTSTANDING, BLOCK, G_MAXINT64, AT_NEW);
    judge(&court.evidence, court.result);
    ck_assert_int_eq(court.result->verdict, FALSE_ALARM);
    ck_assert_int_eq(court.result->units, G_MAXINT64);
    court_close(&court);
}
END_TEST

START_TEST(warm_up_counts_since_start)
{
    struct court court;
    court_open(&court, LEAKY);
    result_add_finding(court.result, make_finding(LEAKED, BLOCK, 101, AT_NEW, YARD__SINCE__START));
    court_expect(&court, FOUND, "101 of 101 units leaked" PLACE);
    ck_assert_int_eq(court.result->true_units, 101);
    ck_assert_int_eq(court.result->counted, YARD__COUNTED__UNITS_EXACT);
    court_close(&court);
}
END_TEST

START_TEST(units_per_round_multiply)
{
    struct court court;
    court_open(&court, LEAKY);
    court.scenario.units_per_round = 3;
    for (guint i = 0; i <= 10; i++)
        fixture_checkpoint(&court.outcome, i)->born *= 3;
    court_report(&court, LEAKED, BLOCK, 149, AT_NEW);
    court_expect(&court, MISSED, "149 of 300 units leaked" PLACE ": fewer than half");
    court_close(&court);
}
END_TEST

START_TEST(symptom_is_shown)
{
    struct court court;
    court_open(&court, LEAKY);
    court_report(&court, LEAKED, THREAD, 100, AT_NEW);
    judge(&court.evidence, court.result);
    ck_assert(court.result->has_symptom && court.result->symptom);
    ck_assert_int_eq(court.result->units, 0);
    court_close(&court);
}
END_TEST

/* ---- Grades ---- */

static const struct {
    gint64 units;
    Yard__Counted counted;
} counts[] = {
    {100, YARD__COUNTED__UNITS_EXACT},  {300, YARD__COUNTED__BLOCKS_EXACT},
    {90, YARD__COUNTED__WITHIN_TENTH},  {110, YARD__COUNTED__WITHIN_TENTH},
    {329, YARD__COUNTED__WITHIN_TENTH}, {89, YARD__COUNTED__OFF},
    {111, YARD__COUNTED__OFF},          {50, YARD__COUNTED__OFF},
    {400, YARD__COUNTED__NOT_COUNTED},
};

START_TEST(count_grades)
{
    struct court court;
    court_open(&court, LEAKY);
    court.detector.cap = 400;
    court_report(&court, LEAKED, BLOCK, counts[_i].units, AT_NEW);
    judge(&court.evidence, court.result);
    ck_assert_int_eq(court.result->verdict, FOUND);
    ck_assert(court.result->has_counted);
    ck_assert_int_eq(court.result->counted, counts[_i].counted);
    court_close(&court);
}
END_TEST

START_TEST(location_of_counted_only)
{
    struct court court;
    court_open(&court, LEAKY);
    court_report(&court, LEAKED, BLOCK, 100, AT_GROW);
    court_report(&court, LEAKED, THREAD, 1, AT_NEW);
    judge(&court.evidence, court.result);
    ck_assert_int_eq(court.result->located, YARD__LOCATED__MODULE);
    court_close(&court);
}
END_TEST

START_TEST(cost_of_a_run_alone)
{
    struct court court;
    court_open(&court, LEAKY);
    judge(&court.evidence, court.result);
    ck_assert(court.result->has_wall_ratio && court.result->has_memory_ratio);
    ck_assert_double_eq_tol(court.result->wall_ratio, 2, 1e-9);
    ck_assert_double_eq_tol(court.result->memory_ratio, 4, 1e-9);
    court_close(&court);
}
END_TEST

START_TEST(cost_of_a_shared_run)
{
    struct court court;
    court_open(&court, LEAKY);
    court.evidence.shared = true;
    judge(&court.evidence, court.result);
    ck_assert(!court.result->has_wall_ratio && !court.result->has_memory_ratio);
    ck_assert_double_eq_tol(court.result->wall_seconds, 3, 1e-9);
    court_close(&court);
}
END_TEST

/* ---- Sources ---- */

/* A detector that read a source, and in whose run there were no rounds. */
static void court_of_source(struct court *court, Yard__Variant variant)
{
    court_open(court, variant);
    court->detector.looks = LOOKS_AT_SOURCE;
    court->detector.counts = COUNTS_NOTHING;
    g_array_set_size(court->outcome.checkpoints, 0);
}

static void report_construct(struct court *court, const char *file, guint line)
{
    result_add_finding(court->result, finding_in_source(SUSPECTED, file, line, "rule: words"));
}

/* Whatever it is that leaks. */
static const struct {
    Yard__Resource resource;
    Yard__Variant variant;
    const char *file;
    guint line;
    Yard__Result__Verdict verdict;
    const char *reason, *rule;
} constructs[] = {
    {BLOCK, LEAKY, "/module/table/variant.c", 35, FOUND,
     "possibly lost, but not how many, at variant.c:35",
     "counted: in the scenario, and it names no resource"},
    {THREAD, LEAKY, "table/variant.c", 15, FOUND,
     "possibly lost, but not how many, at variant.c:15",
     "counted: in the scenario, and it names no resource"},
    {BLOCK, LEAKY, "/module/kit/go/yard.go", 35, MISSED, "no finding in the scenario; 1 elsewhere",
     "noise: its whole stack lies outside of the scenario"},
    {BLOCK, FIXED, "table/variant.c", 35, FALSE_ALARM,
     "possibly lost, but not how many, at variant.c:35: nothing leaks here",
     "counted: lost in the scenario, where nothing is lost"},
    {BLOCK, FIXED, "/module/kit/go/yard.go", 35, CLEAN, "no finding in the scenario; 1 elsewhere",
     "noise: its whole stack lies outside of the scenario"},
};

START_TEST(a_construct_in_a_source)
{
    struct court court;
    court_of_source(&court, constructs[_i].variant);
    court.scenario.resource = constructs[_i].resource;
    report_construct(&court, constructs[_i].file, constructs[_i].line);
    court_expect(&court, constructs[_i].verdict, constructs[_i].reason);
    ck_assert_str_eq(court.result->finding[0]->rule, constructs[_i].rule);
    ck_assert(!court.result->has_wall_ratio && !court.result->has_memory_ratio);
    ck_assert_int_eq(court.result->true_units, constructs[_i].variant == LEAKY ? 100 : 0);
    if (constructs[_i].verdict == FOUND) {
        ck_assert_int_eq(court.result->located, YARD__LOCATED__LINE);
        ck_assert_int_eq(court.result->counted, YARD__COUNTED__NOT_COUNTED);
    }
    court_close(&court);
}
END_TEST

/* How the scenario ends is nothing to its reader; how the reader does is. */
START_TEST(a_reader_ends_by_itself)
{
    static const Yard__Ending never[] = {YARD__ENDING__NEVER, YARD__ENDING__SIGNAL};
    for (gsize i = 0; i < G_N_ELEMENTS(never); i++) {
        struct court court;
        court_of_source(&court, LEAKY);
        court.scenario.has_ends = true;
        court.scenario.ends = never[i];
        ck_assert(run_ended_well(&court.scenario, &court.detector, &court.outcome));
        ck_assert(!never_got_to_look(&court.scenario, &court.detector));
        court_expect(&court, MISSED, "no finding in the scenario");
        ck_assert(!court.result->out_of_reach);
        court.outcome.ending = (struct ending){.signalled = true, .code = SIGSEGV};
        ck_assert(!run_ended_well(&court.scenario, &court.detector, &court.outcome));
        court_expect(&court, ERROR, "ended badly: signal 11 (Segmentation fault)");
        court.outcome.ending = (struct ending){.code = 1};
        court_expect(&court, ERROR, "ended badly: exit 1");
        court.outcome.said = (char *)"does not compile";
        court_expect(&court, ERROR, "ended badly: exit 1: does not compile");
        court.detector.leak_exit_code = 1;
        court_expect(&court, ERROR, "exit 1 says that there are leaks, the report names none");
        court_close(&court);
    }
}
END_TEST

/* ---- Out of reach ---- */

static const Yard__Ending endings[] = {YARD__ENDING__IMMEDIATE_EXIT, YARD__ENDING__SIGNAL,
                                       YARD__ENDING__NEVER};

START_TEST(out_of_reach)
{
    struct court court;
    court_open(&court, LEAKY);
    court.scenario.has_ends = true;
    court.scenario.ends = endings[_i];
    bool killed = endings[_i] != YARD__ENDING__IMMEDIATE_EXIT;
    court.outcome.ending = (struct ending){.signalled = killed, .code = killed ? SIGTERM : 0};
    court_expect(&court, MISSED,
                 "out of reach: it looks at exit, and the program has no regular end");
    ck_assert(court.result->has_out_of_reach && court.result->out_of_reach);
    court.detector.looks |= LOOKS_LIVE;
    court_expect(&court, MISSED, "no finding in the scenario");
    ck_assert(!court.result->out_of_reach);
    court.detector.looks = LOOKS_AT_EXIT;
    court_report(&court, LEAKED, BLOCK, 100, AT_NEW);
    court_expect(&court, FOUND, "100 of 100 units leaked" PLACE);
    ck_assert(!court.result->out_of_reach);
    court_close(&court);
}
END_TEST

/* ---- Claims ---- */

START_TEST(claims)
{
    struct court court;
    court_open(&court, LEAKY);
    ck_assert(detector_claims(&court.detector, &court.scenario));
    court.scenario.kind = YARD__KIND__REACHABLE;
    ck_assert(!detector_claims(&court.detector, &court.scenario));
    court.scenario.kind = YARD__KIND__NOT_A_LEAK; /* a trap: whatever it could report */
    ck_assert(detector_claims(&court.detector, &court.scenario));
    court.scenario.resource = THREAD;
    ck_assert(!detector_claims(&court.detector, &court.scenario));
    court.scenario.resource = BLOCK;
    court.scenario.language = YARD__LANGUAGE__GO;
    ck_assert(!detector_claims(&court.detector, &court.scenario));
    court_close(&court);
}
END_TEST

/* In a trap it could see its construct anywhere. */
START_TEST(claims_by_tag)
{
    static const char *const tags[] = {"context", "http", NULL};
    char *own[] = {"lock", "http"};
    struct court court;
    court_open(&court, LEAKY);
    court.detector.tags = tags;
    ck_assert(!detector_claims(&court.detector, &court.scenario));
    court.scenario.tag = own;
    court.scenario.n_tag = 1;
    ck_assert(!detector_claims(&court.detector, &court.scenario));
    court.scenario.n_tag = 2;
    ck_assert(detector_claims(&court.detector, &court.scenario));
    court.scenario.n_tag = 0;
    court.scenario.kind = YARD__KIND__NOT_A_LEAK;
    ck_assert(detector_claims(&court.detector, &court.scenario));
    court_close(&court);
}
END_TEST

static TCase *rules_case(void)
{
    TCase *tests = tcase_create("rules");
    tcase_add_loop_test(tests, one_finding, 0, G_N_ELEMENTS(rules));
    tcase_add_loop_test(tests, same_report_of_twins, 0, G_N_ELEMENTS(rules));
    tcase_add_test(tests, sums_of_one_site);
    tcase_add_test(tests, sums_saturate);
    tcase_add_test(tests, warm_up_counts_since_start);
    tcase_add_test(tests, units_per_round_multiply);
    tcase_add_test(tests, symptom_is_shown);
    tcase_add_loop_test(tests, a_construct_in_a_source, 0, G_N_ELEMENTS(constructs));
    tcase_add_test(tests, a_reader_ends_by_itself);
    tcase_add_loop_test(tests, out_of_reach, 0, G_N_ELEMENTS(endings));
    tcase_add_test(tests, claims);
    tcase_add_test(tests, claims_by_tag);
    return tests;
}

static TCase *grades_case(void)
{
    TCase *tests = tcase_create("grades");
    tcase_add_loop_test(tests, count_grades, 0, G_N_ELEMENTS(counts));
    tcase_add_test(tests, location_of_counted_only);
    tcase_add_test(tests, cost_of_a_run_alone);
    tcase_add_test(tests, cost_of_a_shared_run);
    return tests;
}

static Suite *verdict_suite(void)
{
    Suite *suite = suite_create("verdict");
    suite_add_tcase(suite, rules_case());
    suite_add_tcase(suite, grades_case());
    return suite;
}

SUITE(verdict_suite);
