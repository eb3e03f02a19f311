/*
 * Does resident memory climb? At each checkpoint it notes the program's anonymous
 * resident memory (RssAnon), and judges the series by a robust slope and a test
 * for a trend (parse/growth.h). It sees anything that takes memory, says nothing
 * of what or where, and only reads, from outside.
 */
#include <unistd.h>

#include "detect/parse/growth.h"
#include "detect/parse/samples.h"
#include "schema/detector.h"
#include "schema/message.h"
#include "support/failure.h"
#include "support/procfs.h"

#define ARTEFACT "memory.csv"

static const char *const columns[] = {"resident_anonymous_kib", NULL};

static bool trend_probe(struct label *label, GError **error)
{
    struct process_facts facts;
    if (!process_facts_read(getpid(), &facts, error))
        return false;
    g_free(label->version);
    label->version = g_strdup("1"); /* of the rule in parse/growth.c */
    return true;
}

static bool trend_observe(const struct label *label, const struct moment *moment,
                          struct observation *observation, GError **error)
{
    (void)label;
    (void)observation;
    struct process_facts facts;
    if (!process_facts_read(moment->pid, &facts, error))
        return false;
    gint64 values[] = {facts.resident_anonymous_kib};
    g_autofree char *path = g_build_filename(moment->directory, ARTEFACT, NULL);
    return samples_append(path, columns, values, moment, error);
}

/* The first fifth is left out: allocators and runtimes still find their size. */
static bool samples_judge(const struct samples *samples, GPtrArray *findings, GError **error)
{
    guint dropped = samples->count / 5;
    guint count = samples->count - dropped;
    if (count < TREND_SAMPLES)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "%u checkpoints are too few to tell a trend: it takes 10", samples->count);
    g_autofree double *values = g_new(double, count);
    for (guint i = 0; i < count; i++)
        values[i] = samples->values[dropped + i];
    struct trend trend = growth_of_size(values, count);
    if (!trend.grows)
        return true;
    gint64 bytes = trend.slope * (samples->count - 1) * 1024;
    Yard__Finding *finding =
        finding_new(YARD__CLAIM__OUTSTANDING, YARD__RESOURCE__MEMORY, -1, bytes);
    finding->has_since = true;
    finding->since = YARD__SINCE__WARM_UP;
    finding->text = g_strdup_printf("resident memory grows by %.1f KiB a checkpoint, %.1f in the "
                                    "second half (z %.2f; over the least that counts %.2f)",
                                    trend.slope, trend.late, trend.deviate, trend.excess);
    g_ptr_array_add(findings, finding);
    return true;
}

static bool trend_findings(const struct label *label, const struct subject *subject,
                           const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label;
    (void)ending;
    g_autofree char *path = g_build_filename(subject->directory, ARTEFACT, NULL);
    struct samples samples;
    bool judged =
        samples_read(&samples, path, columns, error) && samples_judge(&samples, findings, error);
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
    .probe = trend_probe,
    .observe = trend_observe,
    .findings = trend_findings,
};
DETECTOR(trend);
