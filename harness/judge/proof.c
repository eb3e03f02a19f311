#include <string.h>

#include "judge/ledger.h"
#include "judge/verdict.h"
#include "schema/message.h"

#define NUMBER "%" G_GINT64_FORMAT

/* A census run, and how its units are counted. */
struct trial {
    const Yard__Scenario *scenario;
    const struct run_outcome *outcome;
    Yard__Proof__Method method;
    Yard__Proof *proof;
    guint half, last; /* numbers of checkpoints; 0 is the one after the warm-up */
};

static bool disprove(Yard__Proof *proof, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool disprove(Yard__Proof *proof, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_free(proof->reason);
    proof->reason = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    proof->has_status = true;
    proof->status = YARD__PROOF__STATUS__UNPROVED;
    return false;
}

static const struct checkpoint *at(const struct trial *trial, guint number)
{
    return &g_array_index(trial->outcome->checkpoints, struct checkpoint, number);
}

static Yard__Proof__Method method_for(Yard__Resource resource, bool interposed)
{
    switch (resource) {
    case YARD__RESOURCE__HEAP_BLOCK:
        return interposed ? YARD__PROOF__METHOD__INTERPOSED : YARD__PROOF__METHOD__LEDGER;
    case YARD__RESOURCE__GO_OBJECT:
        return YARD__PROOF__METHOD__WEAK_POINTERS;
    case YARD__RESOURCE__GOROUTINE:
        return YARD__PROOF__METHOD__LABELS;
    default:
        return YARD__PROOF__METHOD__KERNEL;
    }
}

static gint64 kernel_units(Yard__Resource resource, const struct census *census)
{
    switch (resource) {
    case YARD__RESOURCE__THREAD:
        return census->threads;
    case YARD__RESOURCE__DESCRIPTOR:
        return census->descriptors;
    case YARD__RESOURCE__MAPPING:
        return census->mappings;
    case YARD__RESOURCE__SHARED_MEMORY:
        return census->shared_memory;
    case YARD__RESOURCE__TIMER:
        return census->timers;
    default:
        return census->children;
    }
}

/* Without a size of their own, units can't be told among blocks: the ledger says
 * how many, and the blocks must agree with it. */
static gint64 units_at(const struct trial *trial, guint number)
{
    const struct checkpoint *checkpoint = at(trial, number);
    switch (trial->method) {
    case YARD__PROOF__METHOD__WEAK_POINTERS:
        return checkpoint->census.objects;
    case YARD__PROOF__METHOD__LABELS:
        return checkpoint->census.goroutines;
    case YARD__PROOF__METHOD__KERNEL:
        return kernel_units(trial->scenario->resource, &checkpoint->census);
    case YARD__PROOF__METHOD__INTERPOSED:
        if (trial->scenario->bytes_per_unit > 0)
            return checkpoint->census.unit_blocks;
        return ledger_units(checkpoint);
    default:
        return ledger_units(checkpoint);
    }
}

/* What a program had before its rounds counts too, in blocks and in /proc; a
 * ledger and the Go kit begin at nothing. */
static gint64 baseline(const struct trial *trial)
{
    bool counts_all =
        trial->method == YARD__PROOF__METHOD__KERNEL ||
        (trial->method == YARD__PROOF__METHOD__INTERPOSED && trial->scenario->bytes_per_unit > 0);
    return counts_all ? units_at(trial, 0) : 0;
}

/* Outstanding, by the ledger: 0 where none is kept. */
static gint64 units_noted(const struct trial *trial, guint number)
{
    bool kept = ledger_is_kept(trial->scenario, trial->outcome);
    return kept ? ledger_units(at(trial, number)) : 0;
}

static gint64 units_grown(const struct trial *trial, guint number)
{
    return units_at(trial, number) - units_at(trial, 0);
}

static gint64 ledger_grown(const struct trial *trial, guint number)
{
    return ledger_units(at(trial, number)) - ledger_units(at(trial, 0));
}

/* Every thread that the Go runtime starts for C holds one block. */
static gint64 blocks_grown(const struct trial *trial, guint from, guint to)
{
    const struct census *before = &at(trial, from)->census, *after = &at(trial, to)->census;
    gint64 threads =
        trial->scenario->language == YARD__LANGUAGE__CGO ? after->threads - before->threads : 0;
    return after->blocks - before->blocks - threads;
}

static guint64 rounds_at(const struct trial *trial, guint number)
{
    return at(trial, number)->rounds - at(trial, 0)->rounds;
}

/* ---- Is the run evidence at all? ---- */

static bool census_completed(const struct trial *trial)
{
    const struct run_outcome *outcome = trial->outcome;
    if (outcome->outcome != OUTCOME_COMPLETED)
        return disprove(trial->proof, "%s", outcome->reason ? outcome->reason : "interrupted");
    if (!ended_well(trial->scenario, &outcome->ending, 0)) {
        g_autofree char *ending = ending_text(&outcome->ending);
        return disprove(trial->proof, "ended badly: %s", ending);
    }
    if (trial->last < 2 || trial->last % 2 != 0 ||
        rounds_at(trial, trial->half) * 2 != rounds_at(trial, trial->last))
        return disprove(trial->proof, "the run has no checkpoint after half of its rounds");
    return true;
}

static bool census_was_taken(const struct trial *trial)
{
    for (guint i = 0; i <= trial->last; i++) {
        if (at(trial, i)->unsettled)
            return disprove(trial->proof,
                            "after %" G_GUINT64_FORMAT " rounds the program did not come to rest",
                            at(trial, i)->rounds);
        if (units_at(trial, i) < 0)
            return disprove(trial->proof,
                            "after %" G_GUINT64_FORMAT " rounds the program counted no units",
                            at(trial, i)->rounds);
    }
    return true;
}

static bool checkpoints_found(struct trial *trial)
{
    const GArray *checkpoints = trial->outcome->checkpoints;
    trial->last = checkpoints && checkpoints->len ? checkpoints->len - 1 : 0;
    trial->half = trial->last / 2;
    return trial->last > 0;
}

/* ---- Leaky: exactly so many, at half the rounds and at the end ---- */

static gint64 expected_at(const struct trial *trial, guint number)
{
    return (gint64)rounds_at(trial, number) * trial->scenario->units_per_round;
}

static bool leaks_exactly(const struct trial *trial, guint number)
{
    gint64 expected = expected_at(trial, number), units = units_grown(trial, number);
    guint64 rounds = rounds_at(trial, number);
    if (units != expected)
        return disprove(trial->proof,
                        "leaky: " NUMBER " units after %" G_GUINT64_FORMAT " rounds, " NUMBER
                        " expected",
                        units, rounds, expected);
    gint64 noted = ledger_grown(trial, number);
    if (noted != expected && ledger_is_kept(trial->scenario, trial->outcome))
        return disprove(trial->proof,
                        "leaky: the ledger says " NUMBER " units after %" G_GUINT64_FORMAT
                        " rounds, the census " NUMBER,
                        noted, rounds, units);
    return true;
}

/* Units of any make are of some blocks each, always as many. */
static bool blocks_keep_pace(const struct trial *trial)
{
    gint64 units = units_grown(trial, trial->last);
    gint64 half = blocks_grown(trial, 0, trial->half), whole = blocks_grown(trial, 0, trial->last);
    trial->proof->has_blocks_per_unit = units > 0;
    trial->proof->blocks_per_unit = units > 0 ? (double)whole / (double)units : 0;
    if (whole < units)
        return disprove(trial->proof, "leaky: " NUMBER " heap blocks grew for " NUMBER " units",
                        whole, units);
    if (half * 2 != whole)
        return disprove(trial->proof,
                        "leaky: heap blocks grew by " NUMBER " in the first half of the rounds and"
                        " by " NUMBER " in the second",
                        half, whole - half);
    return true;
}

static bool is_leaky(const struct trial *trial)
{
    if (!leaks_exactly(trial, trial->half) || !leaks_exactly(trial, trial->last))
        return false;
    return trial->method != YARD__PROOF__METHOD__INTERPOSED || blocks_keep_pace(trial);
}

/* ---- Sound: never above the bound, and at rest below it ---- */

static bool stays_in_bound(const struct trial *trial)
{
    guint bound = trial->scenario->bound;
    for (guint i = 0; i <= trial->last; i++) {
        gint64 units = units_at(trial, i) - baseline(trial), noted = units_noted(trial, i);
        if (units > bound || noted > bound)
            return disprove(trial->proof,
                            "sound: %s " NUMBER " units after %" G_GUINT64_FORMAT
                            " rounds, at most %u allowed",
                            units > bound ? "holds" : "the ledger says", MAX(units, noted),
                            at(trial, i)->rounds, bound);
    }
    return true;
}

/* A trap may fill to its bound and come and go below it; what holds more all
 * through the second half than it ever did in the first is still filling. */
static bool has_stopped_growing(const struct trial *trial)
{
    gint64 most = G_MININT64, least = G_MAXINT64;
    for (guint i = 0; i <= trial->half; i++)
        most = MAX(most, units_grown(trial, i));
    for (guint i = trial->half + 1; i <= trial->last; i++)
        least = MIN(least, units_grown(trial, i));
    if (least <= most)
        return true;
    return disprove(trial->proof,
                    "sound: still growing, by up to " NUMBER
                    " units in the first half of the rounds and at least " NUMBER " in the second",
                    most, least);
}

static bool blocks_stand_still(const struct trial *trial)
{
    gint64 grown = blocks_grown(trial, trial->half, trial->last);
    if (ledger_grown(trial, trial->half) != ledger_grown(trial, trial->last) || grown <= 0)
        return true;
    return disprove(trial->proof,
                    "sound: " NUMBER " heap blocks grew in the second half of the rounds, though"
                    " the ledger stood still",
                    grown);
}

static bool is_sound(const struct trial *trial)
{
    if (!stays_in_bound(trial) || !has_stopped_growing(trial))
        return false;
    return trial->method != YARD__PROOF__METHOD__INTERPOSED || blocks_stand_still(trial);
}

/* ---- The record ---- */

static void fill_measured(const struct trial *trial, Yard__Variant variant)
{
    Yard__Proof *proof = trial->proof;
    gint64 peak = 0;
    for (guint i = 0; i <= trial->last; i++) {
        peak = MAX(peak, units_at(trial, i) - baseline(trial));
        peak = MAX(peak, units_noted(trial, i));
    }
    proof->has_rounds = proof->has_expected_units = proof->has_half_units = true;
    proof->has_units = proof->has_peak_units = proof->has_value = true;
    proof->rounds = (guint32)rounds_at(trial, trial->last);
    bool leaky = variant == YARD__VARIANT__LEAKY;
    proof->expected_units = leaky ? expected_at(trial, trial->last) : trial->scenario->bound;
    proof->half_units = units_grown(trial, trial->half);
    proof->units = units_grown(trial, trial->last);
    proof->peak_units = peak;
    proof->value = at(trial, trial->last)->value;
    if (trial->method == YARD__PROOF__METHOD__WEAK_POINTERS && at(trial, 0)->census.by_finalizers)
        proof->method = YARD__PROOF__METHOD__FINALIZERS;
}

void prove(const Yard__Scenario *scenario, Yard__Variant variant, bool interposed,
           const struct run_outcome *outcome, Yard__Proof *proof)
{
    struct trial trial = {
        .scenario = scenario,
        .outcome = outcome,
        .method = method_for(scenario->resource, interposed),
        .proof = proof,
    };
    proof->has_method = proof->has_wall_seconds = proof->has_peak_kib = true;
    proof->method = trial.method;
    proof->wall_seconds = outcome->wall_seconds;
    proof->peak_kib = outcome->peak_kib;
    if (checkpoints_found(&trial))
        fill_measured(&trial, variant);
    if (!census_completed(&trial) || !census_was_taken(&trial))
        return;
    if (variant == YARD__VARIANT__LEAKY ? !is_leaky(&trial) : !is_sound(&trial))
        return;
    proof->has_status = true;
    proof->status = YARD__PROOF__STATUS__PROVED;
    message_set_string(&proof->reason, NULL);
}

static bool is_proved(const Yard__Proof *proof)
{
    return proof != NULL && proof->has_status && proof->status == YARD__PROOF__STATUS__PROVED;
}

void prove_twins(const Yard__Scenario *scenario, Yard__Proof *leaky, Yard__Proof *fixed)
{
    if (!is_proved(leaky) || !is_proved(fixed))
        return;
    gint64 leaky_wanted = scenario->has_value_leaky ? scenario->value_leaky : leaky->value;
    gint64 fixed_wanted = scenario->has_value_fixed ? scenario->value_fixed : fixed->value;
    bool told = scenario->has_value_leaky || scenario->has_value_fixed;
    if (told ? leaky->value == leaky_wanted && fixed->value == fixed_wanted
             : leaky->value == fixed->value)
        return;
    g_autofree char *wanted = told ? g_strdup_printf("the manifest says " NUMBER " and " NUMBER,
                                                     leaky_wanted, fixed_wanted)
                                   : g_strdup("both must do the same job");
    Yard__Proof *twins[] = {leaky, fixed};
    for (gsize i = 0; i < G_N_ELEMENTS(twins); i++)
        disprove(twins[i], "leaky returned " NUMBER " and fixed " NUMBER ": %s", leaky->value,
                 fixed->value, wanted);
}
