#include <glib.h>
#include <signal.h>

#include "judge/verdict.h"
#include "judge_fixture.h"
#include "suite.h"

#define LEAKY    YARD__VARIANT__LEAKY
#define FIXED    YARD__VARIANT__FIXED
#define PROVED   YARD__PROOF__STATUS__PROVED
#define UNPROVED YARD__PROOF__STATUS__UNPROVED

/* A census run and what is proved of it. */
struct trial {
    Yard__Scenario scenario;
    struct run_outcome outcome;
    Yard__Proof proof;
};

/* The program had 50 blocks, 5 descriptors, 4 threads before its rounds; a leaky
 * round makes two blocks for each unit, one of the unit's size. */
static void trial_open(struct trial *trial, bool leaky)
{
    *trial = (struct trial){
        .scenario = fixture_scenario(),
        .outcome = fixture_run(leaky),
        .proof = YARD__PROOF__INIT,
    };
    trial->scenario.bytes_per_unit = 48;
    for (guint i = 0; i <= 10; i++) {
        struct checkpoint *checkpoint = fixture_checkpoint(&trial->outcome, i);
        gint64 units = leaky ? checkpoint->born : 0;
        checkpoint->census = (struct census){
            .blocks = 50 + 2 * units,
            .unit_blocks = 3 + units,
            .objects = units,
            .goroutines = units,
            .threads = 4 + units,
            .descriptors = 5 + units,
            .mappings = 30 + units,
            .shared_memory = 1 + units,
            .timers = 2 + units,
            .children = units,
        };
    }
}

static void trial_close(struct trial *trial)
{
    fixture_run_clear(&trial->outcome);
    g_free(trial->proof.reason);
}

static struct census *census_at(struct trial *trial, guint number)
{
    return &fixture_checkpoint(&trial->outcome, number)->census;
}

static void expect_proved(struct trial *trial, Yard__Variant variant)
{
    prove(&trial->scenario, variant, true, &trial->outcome, &trial->proof);
    ck_assert_msg(trial->proof.has_status && trial->proof.status == PROVED, "%s",
                  trial->proof.reason);
    ck_assert_ptr_null(trial->proof.reason);
}

static void expect_unproved(struct trial *trial, Yard__Variant variant, bool interposed,
                            const char *reason)
{
    prove(&trial->scenario, variant, interposed, &trial->outcome, &trial->proof);
    ck_assert(trial->proof.has_status && trial->proof.status == UNPROVED);
    ck_assert_str_eq(trial->proof.reason, reason);
}

/* ---- Leaky ---- */

START_TEST(leaky_blocks)
{
    struct trial trial;
    trial_open(&trial, true);
    expect_proved(&trial, LEAKY);
    ck_assert_int_eq(trial.proof.method, YARD__PROOF__METHOD__INTERPOSED);
    ck_assert_int_eq(trial.proof.rounds, 100);
    ck_assert_int_eq(trial.proof.expected_units, 100);
    ck_assert_int_eq(trial.proof.half_units, 50);
    ck_assert_int_eq(trial.proof.units, 100);
    ck_assert_int_eq(trial.proof.value, 202);
    ck_assert(trial.proof.has_blocks_per_unit);
    ck_assert_double_eq_tol(trial.proof.blocks_per_unit, 2, 1e-9);
    ck_assert_double_eq_tol(trial.proof.wall_seconds, 3, 1e-9);
    ck_assert_int_eq(trial.proof.peak_kib, 4000);
    trial_close(&trial);
}
END_TEST

static const struct {
    Yard__Resource resource;
    Yard__Proof__Method method;
} methods[] = {
    {YARD__RESOURCE__GO_OBJECT, YARD__PROOF__METHOD__WEAK_POINTERS},
    {YARD__RESOURCE__GOROUTINE, YARD__PROOF__METHOD__LABELS},
    {YARD__RESOURCE__THREAD, YARD__PROOF__METHOD__KERNEL},
    {YARD__RESOURCE__DESCRIPTOR, YARD__PROOF__METHOD__KERNEL},
    {YARD__RESOURCE__MAPPING, YARD__PROOF__METHOD__KERNEL},
    {YARD__RESOURCE__SHARED_MEMORY, YARD__PROOF__METHOD__KERNEL},
    {YARD__RESOURCE__TIMER, YARD__PROOF__METHOD__KERNEL},
    {YARD__RESOURCE__CHILD_PROCESS, YARD__PROOF__METHOD__KERNEL},
};

/* The field of the census that is the truth for RESOURCE. */
static gint64 *counter_of(struct census *census, Yard__Resource resource)
{
    switch (resource) {
    case YARD__RESOURCE__GO_OBJECT:
        return &census->objects;
    case YARD__RESOURCE__GOROUTINE:
        return &census->goroutines;
    case YARD__RESOURCE__THREAD:
        return &census->threads;
    case YARD__RESOURCE__DESCRIPTOR:
        return &census->descriptors;
    case YARD__RESOURCE__MAPPING:
        return &census->mappings;
    case YARD__RESOURCE__SHARED_MEMORY:
        return &census->shared_memory;
    case YARD__RESOURCE__TIMER:
        return &census->timers;
    default:
        return &census->children;
    }
}

START_TEST(every_resource)
{
    struct trial trial;
    trial_open(&trial, true);
    trial.scenario.resource = methods[_i].resource;
    expect_proved(&trial, LEAKY);
    ck_assert_int_eq(trial.proof.method, methods[_i].method);
    ck_assert_int_eq(trial.proof.units, 100);
    ck_assert(!trial.proof.has_blocks_per_unit);
    *counter_of(census_at(&trial, 5), methods[_i].resource) -= 1;
    expect_unproved(&trial, LEAKY, true, "leaky: 49 units after 50 rounds, 50 expected");
    trial_close(&trial);
}
END_TEST

START_TEST(wrong_at_the_end)
{
    struct trial trial;
    trial_open(&trial, true);
    census_at(&trial, 10)->unit_blocks++;
    expect_unproved(&trial, LEAKY, true, "leaky: 101 units after 100 rounds, 100 expected");
    ck_assert_int_eq(trial.proof.units, 101);
    trial_close(&trial);
}
END_TEST

START_TEST(ledger_disagrees)
{
    struct trial trial;
    trial_open(&trial, true);
    fixture_checkpoint(&trial.outcome, 5)->born++;
    expect_unproved(&trial, LEAKY, true,
                    "leaky: the ledger says 51 units after 50 rounds, the census 50");
    trial_close(&trial);
}
END_TEST

START_TEST(blocks_of_units_without_a_size)
{
    struct trial trial;
    trial_open(&trial, true);
    trial.scenario.bytes_per_unit = 0;
    for (guint i = 0; i <= 10; i++)
        census_at(&trial, i)->unit_blocks = 0;
    expect_proved(&trial, LEAKY);
    census_at(&trial, 10)->blocks += 3;
    expect_unproved(&trial, LEAKY, true,
                    "leaky: heap blocks grew by 100 in the first half of the rounds and by 103 in"
                    " the second");
    for (guint i = 0; i <= 10; i++)
        census_at(&trial, i)->blocks = 50;
    expect_unproved(&trial, LEAKY, true, "leaky: 0 heap blocks grew for 100 units");
    trial_close(&trial);
}
END_TEST

/* The Go runtime starts threads when it likes; each has a block of libc's. */
START_TEST(threads_of_cgo)
{
    struct trial trial;
    trial_open(&trial, true);
    trial.scenario.language = YARD__LANGUAGE__CGO;
    for (guint i = 0; i <= 10; i++)
        census_at(&trial, i)->threads = i < 7 ? 4 : 6;
    for (guint i = 7; i <= 10; i++)
        census_at(&trial, i)->blocks += 2;
    expect_proved(&trial, LEAKY);
    ck_assert_double_eq_tol(trial.proof.blocks_per_unit, 2, 1e-9);
    trial.scenario.language = YARD__LANGUAGE__C;
    expect_unproved(&trial, LEAKY, true,
                    "leaky: heap blocks grew by 100 in the first half of the rounds and by 102 in"
                    " the second");
    trial_close(&trial);
}
END_TEST

START_TEST(ledger_where_nothing_interposes)
{
    struct trial trial;
    trial_open(&trial, true);
    for (guint i = 0; i <= 10; i++)
        *census_at(&trial, i) = (struct census){0};
    prove(&trial.scenario, LEAKY, false, &trial.outcome, &trial.proof);
    ck_assert_int_eq(trial.proof.status, PROVED);
    ck_assert_int_eq(trial.proof.method, YARD__PROOF__METHOD__LEDGER);
    fixture_checkpoint(&trial.outcome, 10)->died = 10;
    expect_unproved(&trial, LEAKY, false, "leaky: 90 units after 100 rounds, 100 expected");
    trial_close(&trial);
}
END_TEST

START_TEST(objects_not_counted)
{
    struct trial trial;
    trial_open(&trial, true);
    trial.scenario.resource = YARD__RESOURCE__GO_OBJECT;
    for (guint i = 0; i <= 10; i++)
        census_at(&trial, i)->objects = -1;
    expect_unproved(&trial, LEAKY, true, "after 1 rounds the program counted no units");
    trial_close(&trial);
}
END_TEST

/* ---- Sound ---- */

START_TEST(fixed_blocks)
{
    struct trial trial;
    trial_open(&trial, false);
    expect_proved(&trial, FIXED);
    ck_assert_int_eq(trial.proof.expected_units, 0);
    ck_assert_int_eq(trial.proof.units, 0);
    ck_assert_int_eq(trial.proof.peak_units, 0);
    trial_close(&trial);
}
END_TEST

/* Fills to 8 units by the fourth checkpoint, gives some up, stays. */
START_TEST(trap_at_its_bound)
{
    static const gint64 held[] = {1, 4, 7, 8, 8, 6, 8, 7, 8, 8, 8};
    struct trial trial;
    trial_open(&trial, false);
    trial.scenario.bound = 8;
    for (guint i = 0; i <= 10; i++) {
        struct checkpoint *checkpoint = fixture_checkpoint(&trial.outcome, i);
        checkpoint->died -= held[i];
        checkpoint->census.blocks += 2 * held[i];
        checkpoint->census.unit_blocks += held[i];
    }
    expect_proved(&trial, YARD__VARIANT__CLEAN);
    ck_assert_int_eq(trial.proof.peak_units, 8);
    trial.scenario.bound = 7;
    expect_unproved(&trial, YARD__VARIANT__CLEAN, true,
                    "sound: the ledger says 8 units after 31 rounds, at most 7 allowed");
    trial_close(&trial);
}
END_TEST

START_TEST(above_the_bound_once)
{
    struct trial trial;
    trial_open(&trial, false);
    trial.scenario.bound = 2;
    census_at(&trial, 3)->unit_blocks += 3;
    expect_unproved(&trial, FIXED, true, "sound: holds 3 units after 31 rounds, at most 2 allowed");
    ck_assert_int_eq(trial.proof.peak_units, 3);
    trial_close(&trial);
}
END_TEST

/* Objects are counted from the program's start, not from the first checkpoint. */
START_TEST(objects_of_the_warm_up)
{
    struct trial trial;
    trial_open(&trial, false);
    trial.scenario.resource = YARD__RESOURCE__GO_OBJECT;
    for (guint i = 0; i <= 10; i++)
        census_at(&trial, i)->objects = 1;
    expect_unproved(&trial, FIXED, true, "sound: holds 1 units after 1 rounds, at most 0 allowed");
    trial_close(&trial);
}
END_TEST

START_TEST(still_growing)
{
    struct trial trial;
    trial_open(&trial, false);
    trial.scenario.resource = YARD__RESOURCE__DESCRIPTOR;
    trial.scenario.bound = 16;
    for (guint i = 0; i <= 10; i++)
        census_at(&trial, i)->descriptors += i / 3;
    expect_unproved(&trial, FIXED, true,
                    "sound: still growing, by up to 1 units in the first half of the rounds and at"
                    " least 2 in the second");
    trial_close(&trial);
}
END_TEST

/* Something else leaks, of another size. */
START_TEST(other_blocks_grow)
{
    struct trial trial;
    trial_open(&trial, false);
    for (guint i = 0; i <= 10; i++)
        census_at(&trial, i)->blocks += i;
    expect_unproved(&trial, FIXED, true,
                    "sound: 5 heap blocks grew in the second half of the rounds, though the ledger"
                    " stood still");
    trial_close(&trial);
}
END_TEST

/* ---- Runs that prove nothing ---- */

START_TEST(broken_runs)
{
    struct trial trial;
    trial_open(&trial, true);
    trial.outcome.ending = (struct ending){.signalled = true, .code = SIGKILL};
    expect_unproved(&trial, LEAKY, true, "ended badly: signal 9 (Killed)");
    trial.scenario.has_ends = true;
    trial.scenario.ends = YARD__ENDING__SIGNAL;
    expect_proved(&trial, LEAKY);
    trial.outcome.outcome = OUTCOME_BROKE;
    trial.outcome.reason = g_strdup("crashed in round 7");
    expect_unproved(&trial, LEAKY, true, "crashed in round 7");
    g_array_set_size(trial.outcome.checkpoints, 0);
    expect_unproved(&trial, LEAKY, true, "crashed in round 7");
    trial_close(&trial);
}
END_TEST

START_TEST(no_half)
{
    struct trial trial;
    trial_open(&trial, true);
    g_array_set_size(trial.outcome.checkpoints, 10);
    expect_unproved(&trial, LEAKY, true, "the run has no checkpoint after half of its rounds");
    g_array_set_size(trial.outcome.checkpoints, 1);
    expect_unproved(&trial, LEAKY, true, "the run has no checkpoint after half of its rounds");
    trial_close(&trial);
}
END_TEST

START_TEST(unsettled)
{
    struct trial trial;
    trial_open(&trial, true);
    fixture_checkpoint(&trial.outcome, 2)->unsettled = true;
    expect_unproved(&trial, LEAKY, true, "after 21 rounds the program did not come to rest");
    trial_close(&trial);
}
END_TEST

/* ---- Twins ---- */

struct twins {
    Yard__Scenario scenario;
    Yard__Proof leaky, fixed;
};

static struct twins make_twins(gint64 leaky, gint64 fixed)
{
    struct twins twins = {fixture_scenario(), YARD__PROOF__INIT, YARD__PROOF__INIT};
    twins.leaky.has_status = twins.fixed.has_status = true;
    twins.leaky.status = twins.fixed.status = PROVED;
    twins.leaky.value = leaky;
    twins.fixed.value = fixed;
    return twins;
}

static void expect_twins(struct twins *twins, Yard__Proof__Status status, const char *reason)
{
    prove_twins(&twins->scenario, &twins->leaky, &twins->fixed);
    ck_assert_int_eq(twins->leaky.status, status);
    ck_assert_int_eq(twins->fixed.status, status);
    if (reason != NULL)
        ck_assert_str_eq(twins->fixed.reason, reason);
    g_free(twins->leaky.reason);
    g_free(twins->fixed.reason);
}

START_TEST(twins_agree)
{
    struct twins same = make_twins(202, 202), other = make_twins(202, 0);
    expect_twins(&same, PROVED, NULL);
    expect_twins(&other, UNPROVED, "leaky returned 202 and fixed 0: both must do the same job");
}
END_TEST

START_TEST(twins_of_the_manifest)
{
    struct twins right = make_twins(200, 202), wrong = make_twins(202, 202);
    right.scenario.has_value_leaky = right.scenario.has_value_fixed = true;
    right.scenario.value_leaky = 200;
    right.scenario.value_fixed = 202;
    wrong.scenario = right.scenario;
    expect_twins(&right, PROVED, NULL);
    expect_twins(&wrong, UNPROVED,
                 "leaky returned 202 and fixed 202: the manifest says 200 and 202");
}
END_TEST

START_TEST(unproved_twin_stays_alone)
{
    struct twins twins = make_twins(1, 2);
    twins.leaky.status = UNPROVED;
    prove_twins(&twins.scenario, &twins.leaky, &twins.fixed);
    ck_assert_int_eq(twins.fixed.status, PROVED);
    ck_assert_ptr_null(twins.leaky.reason);
    prove_twins(&twins.scenario, NULL, &twins.fixed);
    ck_assert_int_eq(twins.fixed.status, PROVED);
}
END_TEST

static TCase *leaky_case(void)
{
    TCase *tests = tcase_create("leaky");
    tcase_add_test(tests, leaky_blocks);
    tcase_add_loop_test(tests, every_resource, 0, G_N_ELEMENTS(methods));
    tcase_add_test(tests, wrong_at_the_end);
    tcase_add_test(tests, ledger_disagrees);
    tcase_add_test(tests, blocks_of_units_without_a_size);
    tcase_add_test(tests, threads_of_cgo);
    tcase_add_test(tests, ledger_where_nothing_interposes);
    tcase_add_test(tests, objects_not_counted);
    return tests;
}

static TCase *sound_case(void)
{
    TCase *tests = tcase_create("sound");
    tcase_add_test(tests, fixed_blocks);
    tcase_add_test(tests, trap_at_its_bound);
    tcase_add_test(tests, above_the_bound_once);
    tcase_add_test(tests, objects_of_the_warm_up);
    tcase_add_test(tests, still_growing);
    tcase_add_test(tests, other_blocks_grow);
    return tests;
}

static TCase *run_case(void)
{
    TCase *tests = tcase_create("runs and twins");
    tcase_add_test(tests, broken_runs);
    tcase_add_test(tests, no_half);
    tcase_add_test(tests, unsettled);
    tcase_add_test(tests, twins_agree);
    tcase_add_test(tests, twins_of_the_manifest);
    tcase_add_test(tests, unproved_twin_stays_alone);
    return tests;
}

static Suite *proof_suite(void)
{
    Suite *suite = suite_create("proof");
    suite_add_tcase(suite, leaky_case());
    suite_add_tcase(suite, sound_case());
    suite_add_tcase(suite, run_case());
    return suite;
}

SUITE(proof_suite);
