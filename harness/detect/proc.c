/*
 * A census by the kernel's own counts: at each checkpoint it notes how many threads,
 * descriptors, mappings, segments, timers and children the program has, and reports what
 * grows steadily. It only reads, from outside.
 *
 * A thread that waits for ever also keeps its stack mapped: both are reported, as
 * they are.
 */
#include "detect/kernel.h"
#include "detect/parse/growth.h"

static const struct fact facts[] = {
    {"threads", FACT(threads)},
    {"descriptors", FACT(descriptors)},
    {"passed_descriptors", FACT(passed_descriptors)},
    {"mappings", FACT(mappings)},
    {"shared_memory", FACT(shared_memory)},
    {"timers", FACT(timers)},
    {"children", FACT(children)},
    {0},
};
static const Yard__Resource resources[] = {
    YARD__RESOURCE__THREAD,        YARD__RESOURCE__DESCRIPTOR,    YARD__RESOURCE__DESCRIPTOR,
    YARD__RESOURCE__MAPPING,       YARD__RESOURCE__SHARED_MEMORY, YARD__RESOURCE__TIMER,
    YARD__RESOURCE__CHILD_PROCESS,
};

static bool proc_observe(const struct label *label, const struct moment *moment,
                         struct observation *observation, GError **error)
{
    (void)label;
    (void)observation;
    return kernel_note(moment, facts, error);
}

static void column_judge(const struct samples *samples, guint column, GPtrArray *findings)
{
    g_autofree gint64 *counts = g_new(gint64, samples->count);
    for (guint i = 0; i < samples->count; i++)
        counts[i] = samples->values[i * samples->width + column];
    if (!growth_of_count(counts, samples->count))
        return;
    gint64 first = counts[0], last = counts[samples->count - 1];
    char *text = g_strdup_printf("%s grew steadily from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                                 " in %u checkpoints",
                                 facts[column].name, first, last, samples->count - 1);
    g_ptr_array_add(findings, kernel_growth(resources[column], last - first, -1, text));
}

static bool proc_findings(const struct label *label, const struct subject *subject,
                          const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label;
    (void)ending;
    struct samples samples;
    bool read = kernel_read(subject, facts, &samples, error);
    for (guint column = 0; read && column < samples.width; column++)
        column_judge(&samples, column, findings);
    samples_clear(&samples);
    return read;
}

static const struct detector proc = {
    .name = "proc",
    .summary =
        "kernel counts over /proc: threads, descriptors, mappings, timers, children that pile up",
    .languages = BIT(YARD__LANGUAGE__C) | BIT(YARD__LANGUAGE__CGO) | BIT(YARD__LANGUAGE__GO),
    .resources = BIT(YARD__RESOURCE__DESCRIPTOR) | BIT(YARD__RESOURCE__THREAD) |
                 BIT(YARD__RESOURCE__MAPPING) | BIT(YARD__RESOURCE__SHARED_MEMORY) |
                 BIT(YARD__RESOURCE__TIMER) | BIT(YARD__RESOURCE__CHILD_PROCESS),
    .kinds = ANY_KIND,
    .flavour = "plain",
    .looks = LOOKS_LIVE,
    .counts = COUNTS_EXACTLY,
    .passive = true,
    .control = "threads/blocked-consumer",
    .probe = kernel_probe,
    .observe = proc_observe,
    .findings = proc_findings,
};
DETECTOR(proc);
