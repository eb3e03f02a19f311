#include "judge/trust.h"

#include <stdarg.h>

#include "judge/ledger.h"

void settle(Yard__Result *result, Yard__Result__Verdict verdict, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_free(result->reason);
    result->reason = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    result->has_verdict = true;
    result->verdict = verdict;
}

static bool fail_run(Yard__Result *result, const char *reason)
{
    settle(result, YARD__RESULT__VERDICT__ERROR, "%s", reason);
    return false;
}

/* ---- Did the run happen, and end well? ---- */

bool run_ended_well(const Yard__Scenario *scenario, const struct detector *detector,
                    const struct run_outcome *outcome)
{
    const struct ending *ending = &outcome->ending;
    if (outcome->outcome != OUTCOME_COMPLETED)
        return false;
    if (looks_at_source(detector)) /* the scenario's own end is another matter */
        return !ending->signalled &&
               (ending->code == 0 || ending->code == detector->leak_exit_code);
    if (detector->end_signal != 0)
        return !ending->signalled && ending->code == detector->end_code;
    return ended_well(scenario, ending, detector->leak_exit_code);
}

char *report_contradiction(const struct detector *detector, const struct ending *ending,
                           gsize findings)
{
    int code = detector->leak_exit_code;
    if (findings > 0 || code == 0 || ending->signalled || ending->code != code)
        return NULL;
    return g_strdup_printf("exit %d says that there are leaks, the report names none", code);
}

bool never_got_to_look(const Yard__Scenario *scenario, const struct detector *detector)
{
    return scenario->has_ends && scenario->ends == YARD__ENDING__NEVER &&
           detector->looks == LOOKS_AT_EXIT;
}

/* Of a program that its detector halted half-way, and of one that wasn't run at all. */
static bool proof_alone_speaks(const struct evidence *evidence)
{
    return evidence->outcome->halted || looks_at_source(evidence->detector);
}

static bool completed(const struct evidence *evidence, Yard__Result *result)
{
    const struct run_outcome *outcome = evidence->outcome;
    const char *reason = outcome->reason ? outcome->reason : "no reason was given";
    switch (outcome->outcome) {
    case OUTCOME_TIMED_OUT:
        settle(result, YARD__RESULT__VERDICT__TIMEOUT, "%s", reason);
        return false;
    case OUTCOME_INTERRUPTED:
        return fail_run(result, "interrupted");
    case OUTCOME_BROKE:
        return fail_run(result, reason);
    case OUTCOME_COMPLETED:
        break;
    }
    if (!run_ended_well(evidence->scenario, evidence->detector, outcome)) {
        g_autofree char *ending = ending_text(&outcome->ending);
        settle(result, YARD__RESULT__VERDICT__ERROR, "ended badly: %s%s%s", ending,
               outcome->said ? ": " : "", outcome->said ? outcome->said : "");
        return false;
    }
    if (last_checkpoint(outcome) == NULL && !proof_alone_speaks(evidence))
        return fail_run(result, "the run got to no checkpoint");
    return true;
}

static bool reported(const struct evidence *evidence, Yard__Result *result)
{
    if (evidence->failure != NULL)
        return fail_run(result, evidence->failure);
    for (size_t i = 0; i < result->n_finding; i++) {
        const Yard__Finding *finding = result->finding[i];
        if (finding->has_units && finding->units < 0) {
            settle(result, YARD__RESULT__VERDICT__ERROR,
                   "the report counts %" G_GINT64_FORMAT " units, fewer than none", finding->units);
            return false;
        }
    }
    g_autofree char *contradiction =
        report_contradiction(evidence->detector, &evidence->outcome->ending, result->n_finding);
    return contradiction == NULL || fail_run(result, contradiction);
}

/* ---- Did the leak happen in this very run? ---- */

/* Of a program that its detector halted: at least so many. */
static guint64 rounds_of_warm_up(const struct evidence *evidence)
{
    const struct checkpoint *first = first_checkpoint(evidence->outcome);
    return first ? first->rounds : 0;
}

static guint64 rounds_since_warm_up(const struct evidence *evidence)
{
    if (looks_at_source(evidence->detector))
        return evidence->proof->rounds;
    const struct checkpoint *last = last_checkpoint(evidence->outcome);
    return last ? last->rounds - rounds_of_warm_up(evidence) : 0;
}

bool is_as_long_as_proof(const struct evidence *evidence)
{
    return evidence->proof->has_rounds && evidence->proof->rounds == rounds_since_warm_up(evidence);
}

gint64 leaked_by_warm_up(const struct evidence *evidence)
{
    return (gint64)rounds_of_warm_up(evidence) * evidence->scenario->units_per_round;
}

gint64 leaked_since_warm_up(const struct evidence *evidence)
{
    return (gint64)rounds_since_warm_up(evidence) * MAX(evidence->scenario->units_per_round, 1);
}

static bool did_its_job(const struct evidence *evidence, Yard__Result *result)
{
    gint64 value = last_checkpoint(evidence->outcome)->value;
    if (!is_as_long_as_proof(evidence) || value == evidence->proof->value)
        return true;
    settle(result, YARD__RESULT__VERDICT__ERROR,
           "%s: the rounds returned %" G_GINT64_FORMAT ", without a detector %" G_GINT64_FORMAT,
           evidence->variant == YARD__VARIANT__LEAKY ? "the leak did not happen in this run"
                                                     : "the program did other work in this run",
           value, evidence->proof->value);
    return false;
}

static bool did_leak(const struct evidence *evidence, Yard__Result *result)
{
    const struct checkpoint *first = first_checkpoint(evidence->outcome);
    const struct checkpoint *last = last_checkpoint(evidence->outcome);
    gint64 expected = leaked_since_warm_up(evidence);
    gint64 born = last->born - first->born;
    gint64 grown = ledger_units(last) - ledger_units(first);
    bool objects = evidence->scenario->resource == YARD__RESOURCE__GO_OBJECT;
    if (objects ? born >= expected
                : grown == expected || !ledger_is_kept(evidence->scenario, evidence->outcome))
        return true;
    settle(result, YARD__RESULT__VERDICT__ERROR,
           "the leak did not happen in this run: its ledger says %" G_GINT64_FORMAT
           " units %s, not %" G_GINT64_FORMAT,
           objects ? born : grown, objects ? "were made" : "are outstanding", expected);
    return false;
}

static bool stayed_sound(const struct evidence *evidence, Yard__Result *result)
{
    gint64 held = ledger_units(last_checkpoint(evidence->outcome));
    if (held <= evidence->scenario->bound || !ledger_is_kept(evidence->scenario, evidence->outcome))
        return true;
    settle(result, YARD__RESULT__VERDICT__ERROR,
           "the program was not sound in this run: its ledger holds %" G_GINT64_FORMAT
           " units, at most %u are allowed",
           held, evidence->scenario->bound);
    return false;
}

static bool truth_held(const struct evidence *evidence, Yard__Result *result)
{
    if (proof_alone_speaks(evidence))
        return true;
    if (!did_its_job(evidence, result))
        return false;
    return evidence->variant == YARD__VARIANT__LEAKY ? did_leak(evidence, result)
                                                     : stayed_sound(evidence, result);
}

bool run_is_trusted(const struct evidence *evidence, Yard__Result *result)
{
    return completed(evidence, result) && reported(evidence, result) &&
           truth_held(evidence, result);
}
