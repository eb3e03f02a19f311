/* Runs that are no evidence. */
#include <glib.h>
#include <signal.h>

#include "court.h"
#include "judge_fixture.h"
#include "suite.h"

/* ---- Did the run happen, and end well? ---- */

START_TEST(timed_out)
{
    struct court court;
    court_open(&court, LEAKY);
    court.outcome.outcome = OUTCOME_TIMED_OUT;
    court.outcome.reason = g_strdup("after 60 s, in round 3");
    court_report(&court, LEAKED, BLOCK, 100, AT_NEW);
    court_expect(&court, TIMEOUT, "after 60 s, in round 3");
    ck_assert_str_eq(court.result->finding[0]->rule, "not judged: the run is no evidence");
    court_close(&court);
}
END_TEST

START_TEST(interrupted)
{
    struct court court;
    court_open(&court, FIXED);
    court.outcome.outcome = OUTCOME_INTERRUPTED;
    court_expect(&court, ERROR, "interrupted");
    court_close(&court);
}
END_TEST

START_TEST(broke)
{
    struct court court;
    court_open(&court, FIXED);
    court.outcome.outcome = OUTCOME_BROKE;
    court.outcome.reason = g_strdup("left before it was ready: exit 0");
    g_array_set_size(court.outcome.checkpoints, 0);
    court_expect(&court, ERROR, "left before it was ready: exit 0");
    court_close(&court);
}
END_TEST

START_TEST(no_checkpoint)
{
    struct court court;
    court_open(&court, FIXED);
    g_array_set_size(court.outcome.checkpoints, 0);
    court_expect(&court, ERROR, "the run got to no checkpoint");
    court_close(&court);
}
END_TEST

/* A crash after a good report. */
START_TEST(bad_endings)
{
    struct court court;
    court_open(&court, LEAKY);
    court_report(&court, LEAKED, BLOCK, 100, AT_NEW);
    court.detector.leak_exit_code = 23;
    court.outcome.ending = (struct ending){.code = 1};
    court_expect(&court, ERROR, "ended badly: exit 1");
    court.outcome.said = (char *)"out of paper";
    court_expect(&court, ERROR, "ended badly: exit 1: out of paper");
    court.outcome.said = NULL;
    court.outcome.ending = (struct ending){.signalled = true, .code = SIGSEGV};
    court_expect(&court, ERROR, "ended badly: signal 11 (Segmentation fault)");
    ck_assert_str_eq(court.result->ending, "signal 11 (Segmentation fault)");
    court.outcome.ending = (struct ending){.code = 23};
    court_expect(&court, FOUND, "100 of 100 units leaked" PLACE);
    court_close(&court);
}
END_TEST

/* What ends its program can't have exit code 0 as well. */
START_TEST(an_end_by_signal)
{
    struct court court;
    court_open(&court, LEAKY);
    court_report(&court, LEAKED, BLOCK, 100, AT_NEW);
    court.detector.end_signal = SIGQUIT;
    court.detector.end_code = 2;
    court.outcome.ending = (struct ending){.code = 0};
    court_expect(&court, ERROR, "ended badly: exit 0");
    court.outcome.ending = (struct ending){.signalled = true, .code = SIGQUIT};
    court_expect(&court, ERROR, "ended badly: signal 3 (Quit)");
    court.outcome.ending = (struct ending){.code = 2};
    court_expect(&court, FOUND, "100 of 100 units leaked" PLACE);
    court_close(&court);
}
END_TEST

/* Its rounds were not done, so that how much there was is not known. */
START_TEST(a_program_that_was_halted)
{
    struct court court;
    court_open(&court, LEAKY);
    court_report(&court, LEAKED, BLOCK, 3, AT_NEW);
    court.detector.halts = true;
    court.detector.leak_exit_code = 2;
    court.outcome.halted = true;
    court.outcome.ending = (struct ending){.code = 2};
    g_array_set_size(court.outcome.checkpoints, 0);
    court_expect(&court, FOUND, "3 units leaked" PLACE);
    ck_assert_int_eq(court.result->counted, YARD__COUNTED__NOT_COUNTED);
    ck_assert(!court.result->has_wall_ratio && !court.result->has_memory_ratio);
    court_close(&court);

    court_open(&court, FIXED);
    court_report(&court, LEAKED, BLOCK, 3, AT_NEW);
    court.outcome.halted = true;
    g_array_set_size(court.outcome.checkpoints, 0);
    court_expect(&court, FALSE_ALARM, "3 units leaked" PLACE ": nothing leaks here");
    court_close(&court);
}
END_TEST

START_TEST(leak_code_without_leaks)
{
    struct court court;
    court_open(&court, FIXED);
    court.detector.leak_exit_code = 23;
    court.outcome.ending = (struct ending){.code = 23};
    court_expect(&court, ERROR, "exit 23 says that there are leaks, the report names none");
    court_close(&court);
}
END_TEST

START_TEST(unreadable_report)
{
    struct court court;
    court_open(&court, FIXED);
    court.evidence.failure = "report.xml: empty";
    court_expect(&court, ERROR, "report.xml: empty");
    court_close(&court);
}
END_TEST

START_TEST(negative_count)
{
    struct court court;
    court_open(&court, FIXED);
    court_report(&court, LEAKED, BLOCK, 5, AT_NEW);
    court.result->finding[0]->units = -5;
    court_expect(&court, ERROR, "the report counts -5 units, fewer than none");
    court_close(&court);
}
END_TEST

/* ---- Did the leak happen in this very run? ---- */

START_TEST(other_value)
{
    struct court court;
    court_open(&court, LEAKY);
    fixture_checkpoint(&court.outcome, 10)->value = 7;
    court_report(&court, LEAKED, BLOCK, 100, AT_NEW);
    court_expect(
        &court, ERROR,
        "the leak did not happen in this run: the rounds returned 7, without a detector 202");
    court.evidence.variant = FIXED;
    court_expect(
        &court, ERROR,
        "the program did other work in this run: the rounds returned 7, without a detector 202");
    court.evidence.variant = LEAKY;
    court.proof.rounds = 1000; /* a run of another length: nothing to compare with */
    court_expect(&court, FOUND, "100 of 100 units leaked" PLACE);
    ck_assert(!court.result->has_wall_ratio);
    court_close(&court);
}
END_TEST

START_TEST(ledger_without_the_leak)
{
    struct court court;
    court_open(&court, LEAKY);
    fixture_checkpoint(&court.outcome, 10)->died = 1;
    court_report(&court, LEAKED, BLOCK, 100, AT_NEW);
    court_expect(
        &court, ERROR,
        "the leak did not happen in this run: its ledger says 99 units are outstanding, not"
        " 100");
    court_close(&court);
}
END_TEST

START_TEST(ledger_above_the_bound)
{
    struct court court;
    court_open(&court, FIXED);
    fixture_checkpoint(&court.outcome, 10)->died -= 3;
    court.scenario.bound = 2;
    court_expect(&court, ERROR,
                 "the program was not sound in this run: its ledger holds 3 units, at most 2 are"
                 " allowed");
    court_close(&court);
}
END_TEST

/* Of Go objects nobody but the collector knows the deaths. */
START_TEST(ledger_of_go_objects)
{
    struct court court;
    court_open(&court, LEAKY);
    court.scenario.resource = YARD__RESOURCE__GO_OBJECT;
    court.scenario.language = YARD__LANGUAGE__GO;
    court_report(&court, OUTSTANDING, YARD__RESOURCE__GO_OBJECT, 100, AT_NEW);
    court_expect(&court, FOUND, "100 of 100 units outstanding" PLACE);
    fixture_checkpoint(&court.outcome, 10)->born = 90;
    court_expect(
        &court, ERROR,
        "the leak did not happen in this run: its ledger says 89 units were made, not 100");
    court.evidence.variant = FIXED;
    court.result->finding[0]->units = 0;
    court_expect(&court, CLEAN,
                 "0 units outstanding" PLACE ": no alarm, a sound program may hold 0");
    court_close(&court);
}
END_TEST

START_TEST(no_ledger_of_threads)
{
    struct court court;
    court_open(&court, LEAKY);
    court.scenario.resource = THREAD;
    for (guint i = 0; i <= 10; i++)
        fixture_checkpoint(&court.outcome, i)->born = 0;
    court_report(&court, OUTSTANDING, THREAD, 100, AT_NEW);
    court_expect(&court, FOUND, "100 of 100 units outstanding" PLACE);
    court_close(&court);
}
END_TEST

static Suite *trust_suite(void)
{
    Suite *suite = suite_create("trust");
    TCase *tests = tcase_create("evidence");
    tcase_add_test(tests, timed_out);
    tcase_add_test(tests, interrupted);
    tcase_add_test(tests, broke);
    tcase_add_test(tests, no_checkpoint);
    tcase_add_test(tests, bad_endings);
    tcase_add_test(tests, leak_code_without_leaks);
    tcase_add_test(tests, an_end_by_signal);
    tcase_add_test(tests, a_program_that_was_halted);
    tcase_add_test(tests, unreadable_report);
    tcase_add_test(tests, negative_count);
    tcase_add_test(tests, other_value);
    tcase_add_test(tests, ledger_without_the_leak);
    tcase_add_test(tests, ledger_above_the_bound);
    tcase_add_test(tests, ledger_of_go_objects);
    tcase_add_test(tests, no_ledger_of_threads);
    suite_add_tcase(suite, tests);
    return suite;
}
SUITE(trust_suite);
