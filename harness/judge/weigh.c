#include "judge/weigh.h"

#include "schema/message.h"
#include "schema/words.h"

static gint64 add(gint64 a, gint64 b)
{
    gint64 sum;
    return __builtin_add_overflow(a, b, &sum) ? G_MAXINT64 : sum;
}

static bool takes_memory(Yard__Resource resource)
{
    return resource != YARD__RESOURCE__DESCRIPTOR && resource != YARD__RESOURCE__TIMER &&
           resource != YARD__RESOURCE__CHILD_PROCESS;
}

/* A detector without frames that sees memory grow says nothing of its make, nor does one
 * that found a construct in a source. */
static bool is_right_resource(const struct evidence *evidence, const Yard__Finding *finding)
{
    Yard__Resource leaked = evidence->scenario->resource;
    if (!finding->has_resource || finding->resource == leaked)
        return true;
    return finding->resource == YARD__RESOURCE__MEMORY && !evidence->detector->places &&
           takes_memory(leaked);
}

static bool is_loss(const Yard__Finding *finding)
{
    return finding->claim != YARD__CLAIM__OUTSTANDING;
}

/* Does it say that there is something, and not how much? */
static bool is_uncounted(const struct detector *detector, const Yard__Finding *finding)
{
    return detector->counts == COUNTS_NOTHING || !finding->has_resource ||
           finding->resource == YARD__RESOURCE__MEMORY;
}

static gint64 units_of(const Yard__Finding *finding)
{
    return finding->has_units ? finding->units : 1;
}

static void sum_add(struct sum *sum, const struct detector *detector, const Yard__Finding *finding)
{
    gint64 *field = is_loss(finding) ? &sum->lost : &sum->held[finding->resource];
    *field = add(*field, units_of(finding));
    sum->findings++;
    if (is_uncounted(detector, finding))
        sum->uncounted = true;
    if (finding->since == YARD__SINCE__START)
        sum->since_start = true;
}

gint64 sum_units(const struct sum *sum, Yard__Resource resource)
{
    gint64 units = add(sum->lost, sum->held[resource]);
    if (resource != YARD__RESOURCE__MEMORY)
        units = add(units, sum->held[YARD__RESOURCE__MEMORY]);
    return units;
}

struct sum weight_total(const struct weight *weight)
{
    struct sum total = weight->placed;
    total.findings += weight->unplaced.findings;
    total.lost = add(total.lost, weight->unplaced.lost);
    for (gsize i = 0; i < G_N_ELEMENTS(total.held); i++)
        total.held[i] = add(total.held[i], weight->unplaced.held[i]);
    total.uncounted |= weight->unplaced.uncounted;
    total.since_start |= weight->unplaced.since_start;
    return total;
}

static void take(struct weight *weight, const struct detector *detector, Yard__Finding *finding,
                 const char *rule)
{
    bool frameless = !detector->places && finding->place == YARD__PLACE__UNPLACED;
    bool placed = frameless || finding->place == YARD__PLACE__IN_SCENARIO;
    sum_add(placed ? &weight->placed : &weight->unplaced, detector, finding);
    const Yard__Finding *chief = weight->chief;
    if (chief == NULL || finding->located > chief->located ||
        (finding->located == chief->located && units_of(finding) > units_of(chief)))
        weight->chief = finding;
    message_set_string(&finding->rule, rule);
}

static const char *rule_of_leak(const Yard__Finding *finding, bool here)
{
    if (!here)
        return "counted: of the resource that leaks, and no frame says it is elsewhere";
    return finding->has_resource ? "counted: in the scenario, of the resource that leaks"
                                 : "counted: in the scenario, and it names no resource";
}

/* In a leaky variant only what leaks there counts. */
static void weigh_in_leaky(const struct evidence *evidence, Yard__Finding *finding,
                           struct weight *weight)
{
    bool here = finding->place == YARD__PLACE__IN_SCENARIO;
    if (is_right_resource(evidence, finding)) {
        take(weight, evidence->detector, finding, rule_of_leak(finding, here));
        return;
    }
    const char *leaked = word_lower(&yard__resource__descriptor, evidence->scenario->resource);
    const char *found = word_lower(&yard__resource__descriptor, finding->resource);
    if (here && weight->symptom == NULL)
        weight->symptom = finding;
    g_free(finding->rule);
    finding->rule = g_strdup_printf("%s: %s, where %s leaks",
                                    here ? "symptom, in the scenario" : "left out", found, leaked);
}

/* In a sound variant any loss counts, and what is held of the resource that has a
 * bound; from a detector that places nothing, growth of anything. */
static void weigh_in_sound(const struct evidence *evidence, Yard__Finding *finding,
                           struct weight *weight)
{
    const struct detector *detector = evidence->detector;
    bool here = finding->place == YARD__PLACE__IN_SCENARIO;
    if (is_loss(finding) && here)
        take(weight, detector, finding, "counted: lost in the scenario, where nothing is lost");
    else if (!here && !detector->places)
        take(weight, detector, finding, "counted: reported by a detector that places nothing");
    else if (is_right_resource(evidence, finding))
        take(weight, detector, finding,
             here ? "counted: held in the scenario, against its bound"
                  : "counted: unplaced, an alarm if it would pass for the leak");
    else
        message_set_string(&finding->rule,
                           here ? "left out: the bound says nothing of this resource"
                                : "left out: unplaced, and not the resource that could leak");
}

void weigh(const struct evidence *evidence, Yard__Result *result, struct weight *weight)
{
    *weight = (struct weight){0};
    for (size_t i = 0; i < result->n_finding; i++) {
        Yard__Finding *finding = result->finding[i];
        if (finding->place == YARD__PLACE__ELSEWHERE) {
            weight->elsewhere++;
            message_set_string(&finding->rule,
                               "noise: its whole stack lies outside of the scenario");
        } else if (evidence->variant == YARD__VARIANT__LEAKY) {
            weigh_in_leaky(evidence, finding, weight);
        } else {
            weigh_in_sound(evidence, finding, weight);
        }
    }
}
