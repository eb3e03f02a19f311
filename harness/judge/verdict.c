#include "judge/verdict.h"

#include <math.h>

#include "judge/ledger.h"
#include "judge/match.h"
#include "judge/trust.h"
#include "judge/weigh.h"
#include "schema/message.h"
#include "schema/words.h"

static bool goes_by_tag(const struct detector *detector, const Yard__Scenario *scenario)
{
    for (size_t i = 0; detector->tags != NULL && i < scenario->n_tag; i++)
        if (g_strv_contains(detector->tags, scenario->tag[i]))
            return true;
    return detector->tags == NULL;
}

bool detector_claims(const struct detector *detector, const Yard__Scenario *scenario)
{
    bool claims = (detector->languages & BIT(scenario->language)) != 0 &&
                  (detector->resources & BIT(scenario->resource)) != 0;
    bool trap = scenario->kind == YARD__KIND__NOT_A_LEAK;
    bool leak = (detector->kinds & BIT(scenario->kind)) != 0 && goes_by_tag(detector, scenario);
    return claims && (trap || leak);
}

/* ---- The rules ---- */

/* Is one unit enough, because the detector doesn't say how many there are? */
static bool one_is_enough(const struct detector *detector)
{
    return detector->counts == COUNTS_AT_LEAST || detector->cap > 0;
}

static gint64 true_units(const struct evidence *evidence, const struct sum *sum)
{
    return leaked_since_warm_up(evidence) + (sum->since_start ? leaked_by_warm_up(evidence) : 0);
}

/* Units of RESOURCE that a sound program may hold: the bound is of what could leak. */
static guint allowed(const struct evidence *evidence, Yard__Resource resource)
{
    return resource == evidence->scenario->resource ? evidence->scenario->bound : 0;
}

/* More than the sound twin may show: it loses nothing, and holds its bound. */
static bool exceeds_twin(const struct evidence *evidence, const struct sum *sum)
{
    Yard__Resource resource = evidence->scenario->resource;
    return sum->lost > 0 || sum->held[resource] > allowed(evidence, resource);
}

static bool reaches_half(const struct evidence *evidence, const struct sum *sum)
{
    gint64 units = sum_units(sum, evidence->scenario->resource);
    gint64 truth = true_units(evidence, sum);
    bool one = one_is_enough(evidence->detector) || evidence->outcome->halted;
    return one ? units > 0 : units >= truth - units;
}

static bool passes_for_leak(const struct evidence *evidence, const struct sum *sum)
{
    if (sum->findings == 0 || sum->uncounted)
        return sum->findings > 0;
    return exceeds_twin(evidence, sum) && reaches_half(evidence, sum);
}

static bool is_alarm(const struct evidence *evidence, const struct weight *weight)
{
    const struct sum *placed = &weight->placed;
    if (placed->lost > 0 || placed->uncounted)
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(placed->held); i++)
        if (placed->held[i] > allowed(evidence, (Yard__Resource)i))
            return true;
    /* The same report must not be right about both twins. */
    struct sum total = weight_total(weight);
    return passes_for_leak(evidence, &total);
}

/* ---- Grades ---- */

static bool within_tenth(double units, double truth)
{
    return fabs(units - truth) * 10 <= truth;
}

static Yard__Counted grade_count(const struct evidence *evidence, const struct sum *sum,
                                 gint64 units)
{
    const struct detector *detector = evidence->detector;
    if (sum->uncounted || evidence->outcome->halted ||
        (detector->cap > 0 && units >= detector->cap))
        return YARD__COUNTED__NOT_COUNTED;
    double truth = (double)true_units(evidence, sum);
    double blocks = truth * evidence->proof->blocks_per_unit;
    if (units == true_units(evidence, sum))
        return YARD__COUNTED__UNITS_EXACT;
    if (blocks > 0 && fabs((double)units - blocks) < 0.5)
        return YARD__COUNTED__BLOCKS_EXACT;
    if (within_tenth((double)units, truth) || (blocks > 0 && within_tenth((double)units, blocks)))
        return YARD__COUNTED__WITHIN_TENTH;
    return YARD__COUNTED__OFF;
}

static void fill_grades(const struct evidence *evidence, const struct weight *weight,
                        Yard__Result *result)
{
    struct sum total = weight_total(weight);
    bool leaky = evidence->variant == YARD__VARIANT__LEAKY;
    gint64 units = sum_units(&total, evidence->scenario->resource);
    result->has_noise = result->has_true_units = result->has_located = true;
    result->noise = weight->elsewhere;
    result->true_units = leaky ? true_units(evidence, &total) : 0;
    result->located = weight->chief ? weight->chief->located : YARD__LOCATED__NOWHERE;
    result->has_units = !total.uncounted;
    result->units = total.uncounted ? 0 : units;
    if (result->verdict == YARD__RESULT__VERDICT__FOUND) {
        result->has_counted = true;
        result->counted = grade_count(evidence, &total, units);
    }
}

/* ---- Reasons ---- */

/* ", at table_new (variant.c:31)", ", at variant.c:31" where no function is named, or that
 * there is no place. Free with g_free. */
static char *place_text(const struct evidence *evidence, const Yard__Finding *finding)
{
    Yard__Located located;
    const Yard__Frame *frame = finding_frame(finding, evidence->sites, &located);
    if (frame == NULL)
        return g_strdup(", at no known place");
    g_autofree char *function = frame->function ? function_base(frame->function) : g_strdup("?");
    const char *file = frame->file ? sites_file(evidence->sites, frame->file) : NULL;
    if (file == NULL)
        return g_strdup_printf(", at %s", function);
    if (!frame->has_line)
        return g_strdup_printf(", at %s (%s)", function, file);
    if (frame->function == NULL)
        return g_strdup_printf(", at %s:%u", file, frame->line);
    return g_strdup_printf(", at %s (%s:%u)", function, file, frame->line);
}

static const char *claim_text(const Yard__Finding *finding)
{
    switch (finding->claim) {
    case YARD__CLAIM__LEAKED:
        return "leaked";
    case YARD__CLAIM__SUSPECTED:
        return "possibly lost";
    default:
        return "outstanding";
    }
}

/* "3 units", "1 descriptor unit" in a program that could leak something else. Free
 * with g_free. */
static char *amount_text(const struct evidence *evidence, const struct sum *sum,
                         Yard__Resource resource)
{
    gint64 units = sum->lost > 0 ? sum->lost : sum->held[resource];
    bool other = resource != evidence->scenario->resource;
    return g_strdup_printf("%" G_GINT64_FORMAT " %s%sunit%s", units,
                           other ? word_lower(&yard__resource__descriptor, resource) : "",
                           other ? " " : "", units == 1 ? "" : "s");
}

/* "1000 of 1000 units leaked, at …": what the findings that count say. */
static char *finding_text(const struct evidence *evidence, const struct weight *weight)
{
    struct sum total = weight_total(weight);
    const Yard__Finding *chief = weight->chief;
    g_autofree char *place = place_text(evidence, chief);
    if (chief->has_resource && chief->resource == YARD__RESOURCE__MEMORY)
        return g_strdup_printf("resident memory grows%s", place);
    if (total.uncounted)
        return g_strdup_printf("%s, but not how many%s", claim_text(chief), place);
    if (evidence->variant != YARD__VARIANT__LEAKY || evidence->outcome->halted) {
        g_autofree char *amount = amount_text(evidence, &total, chief->resource);
        return g_strdup_printf("%s %s%s", amount, claim_text(chief), place);
    }
    return g_strdup_printf("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " units %s%s",
                           sum_units(&total, evidence->scenario->resource),
                           true_units(evidence, &total), claim_text(chief), place);
}

/* Nothing counted. */
static void explain_silence(const struct evidence *evidence, const struct weight *weight,
                            Yard__Result *result, Yard__Result__Verdict verdict)
{
    const char *where = evidence->detector->places ? " in the scenario" : "";
    g_autofree char *noise =
        weight->elsewhere > 0 ? g_strdup_printf("; %u elsewhere", weight->elsewhere) : g_strdup("");
    if (result->out_of_reach)
        settle(result, verdict,
               "out of reach: it looks at exit, and the program has no regular"
               " end%s",
               noise);
    else if (weight->symptom != NULL)
        settle(result, verdict, "a symptom only: %s, where %s leaks%s",
               word_lower(&yard__resource__descriptor, weight->symptom->resource),
               word_lower(&yard__resource__descriptor, evidence->scenario->resource), noise);
    else
        settle(result, verdict, "no finding%s%s", where, noise);
}

static bool is_out_of_reach(const struct evidence *evidence)
{
    const Yard__Scenario *scenario = evidence->scenario;
    bool regular = !scenario->has_ends || scenario->ends == YARD__ENDING__EXIT;
    return !regular && evidence->detector->looks == LOOKS_AT_EXIT;
}

static void judge_leaky(const struct evidence *evidence, const struct weight *weight,
                        Yard__Result *result)
{
    struct sum total = weight_total(weight);
    bool silent = total.findings == 0;
    bool found = passes_for_leak(evidence, &total);
    result->out_of_reach = silent && is_out_of_reach(evidence);
    result->symptom = !found && weight->symptom != NULL;
    if (silent) {
        explain_silence(evidence, weight, result, YARD__RESULT__VERDICT__MISSED);
        return;
    }
    g_autofree char *text = finding_text(evidence, weight);
    if (found)
        settle(result, YARD__RESULT__VERDICT__FOUND, "%s", text);
    else if (!exceeds_twin(evidence, &total))
        settle(result, YARD__RESULT__VERDICT__MISSED,
               "%s: no more than the %u that the sound twin may hold", text,
               evidence->scenario->bound);
    else
        settle(result, YARD__RESULT__VERDICT__MISSED, "%s: fewer than half", text);
}

static void judge_sound(const struct evidence *evidence, const struct weight *weight,
                        Yard__Result *result)
{
    if (weight->placed.findings + weight->unplaced.findings == 0) {
        explain_silence(evidence, weight, result, YARD__RESULT__VERDICT__CLEAN);
        return;
    }
    guint bound = allowed(evidence, weight->chief->resource);
    g_autofree char *text = finding_text(evidence, weight);
    if (!is_alarm(evidence, weight) && weight->placed.findings == 0)
        settle(result, YARD__RESULT__VERDICT__CLEAN, "%s: too little to pass for the leak", text);
    else if (!is_alarm(evidence, weight))
        settle(result, YARD__RESULT__VERDICT__CLEAN, "%s: no alarm, a sound program may hold %u",
               text, bound);
    else if (weight->placed.lost > 0 || weight->unplaced.lost > 0 || weight->placed.uncounted)
        settle(result, YARD__RESULT__VERDICT__FALSE_ALARM, "%s: nothing leaks here", text);
    else
        settle(result, YARD__RESULT__VERDICT__FALSE_ALARM, "%s: it holds no more than %u", text,
               bound);
}

/* ---- The whole ---- */

static void fill_cost(const struct evidence *evidence, Yard__Result *result)
{
    const struct run_outcome *outcome = evidence->outcome;
    const Yard__Proof *proof = evidence->proof;
    result->has_wall_seconds = result->has_peak_kib = true;
    result->wall_seconds = outcome->wall_seconds;
    result->peak_kib = outcome->peak_kib;
    if (evidence->shared || outcome->halted || looks_at_source(evidence->detector) ||
        !is_as_long_as_proof(evidence))
        return;
    result->has_wall_ratio = proof->bare_seconds > 0;
    if (result->has_wall_ratio)
        result->wall_ratio = outcome->wall_seconds / proof->bare_seconds;
    result->has_memory_ratio = proof->bare_kib > 0;
    if (result->has_memory_ratio)
        result->memory_ratio = (double)outcome->peak_kib / (double)proof->bare_kib;
}

static void describe(const struct evidence *evidence, Yard__Result *result)
{
    result->has_claimed = result->has_out_of_reach = result->has_symptom = true;
    result->claimed = detector_claims(evidence->detector, evidence->scenario);
    result->out_of_reach = result->symptom = false;
    g_free(result->ending);
    result->ending = ending_text(&evidence->outcome->ending);
    for (size_t i = 0; i < result->n_finding; i++) {
        finding_place(result->finding[i], evidence->sites);
        message_set_string(&result->finding[i]->rule, "not judged: the run is no evidence");
    }
}

void judge(const struct evidence *evidence, Yard__Result *result)
{
    describe(evidence, result);
    if (!run_is_trusted(evidence, result))
        return;
    fill_cost(evidence, result);
    struct weight weight;
    weigh(evidence, result, &weight);
    if (evidence->variant == YARD__VARIANT__LEAKY)
        judge_leaky(evidence, &weight, result);
    else
        judge_sound(evidence, &weight, result);
    fill_grades(evidence, &weight, result);
}
