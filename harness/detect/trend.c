/*
 * Does resident memory climb? At each checkpoint it notes the program's anonymous
 * resident memory (RssAnon), and judges the series by a robust slope and a test
 * for a trend (parse/growth.h). It sees anything that takes memory, says nothing
 * of what or where, and only reads, from outside.
 */
#include "detect/grown.h"
#include "detect/kernel.h"

static const struct fact facts[] = {
    {"resident_anonymous_kib", FACT(resident_anonymous_kib)},
    {0},
};

static bool trend_observe(const struct label *label, const struct moment *moment,
                          struct observation *observation, GError **error)
{
    (void)label;
    (void)observation;
    return kernel_note(moment, facts, error);
}

static bool samples_judge(const struct samples *samples, GPtrArray *findings, GError **error)
{
    static const struct column column = {0, "resident memory", YARD__RESOURCE__MEMORY};
    Yard__Finding *finding;
    if (!grown_size(samples, &column, 1, &finding, error))
        return false;
    if (finding != NULL)
        g_ptr_array_add(findings, finding);
    return true;
}

static bool trend_findings(const struct label *label, const struct subject *subject,
                           const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label;
    (void)ending;
    struct samples samples;
    bool judged =
        kernel_read(subject, facts, &samples, error) && samples_judge(&samples, findings, error);
    samples_clear(&samples);
    return judged;
}

static const struct detector trend = {
    .name = "trend",
    .summary = "resident memory that climbs steadily, whatever it is made of",
    .languages = BIT(YARD__LANGUAGE__C) | BIT(YARD__LANGUAGE__CGO) | BIT(YARD__LANGUAGE__GO),
    .resources = BIT(YARD__RESOURCE__HEAP_BLOCK) | BIT(YARD__RESOURCE__GO_OBJECT) |
                 BIT(YARD__RESOURCE__GOROUTINE) | BIT(YARD__RESOURCE__THREAD) |
                 BIT(YARD__RESOURCE__MAPPING),
    .kinds = BIT(YARD__KIND__LOST) | BIT(YARD__KIND__REACHABLE) | BIT(YARD__KIND__BLOCKED),
    .flavour = "plain",
    .looks = LOOKS_LIVE,
    .counts = COUNTS_NOTHING,
    .passive = true,
    .control = "threads/blocked-consumer",
    .probe = kernel_probe,
    .observe = trend_observe,
    .findings = trend_findings,
};
DETECTOR(trend);
