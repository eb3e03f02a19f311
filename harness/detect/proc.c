/*
 * A census by the kernel's own counts: at each checkpoint it notes how many threads,
 * descriptors, mappings, segments and children the program has, and reports what
 * grows steadily. It only reads, from outside.
 *
 * A thread that waits for ever also keeps its stack mapped: both are reported, as
 * they are.
 */
#include <unistd.h>

#include "detect/parse/growth.h"
#include "detect/parse/samples.h"
#include "schema/detector.h"
#include "schema/message.h"
#include "support/procfs.h"

#define ARTEFACT "facts.csv"

static const char *const columns[] = {"threads",       "descriptors", "mappings",
                                      "shared_memory", "children",    NULL};
static const Yard__Resource resources[] = {
    YARD__RESOURCE__THREAD,        YARD__RESOURCE__DESCRIPTOR,    YARD__RESOURCE__MAPPING,
    YARD__RESOURCE__SHARED_MEMORY, YARD__RESOURCE__CHILD_PROCESS,
};

static bool proc_probe(struct label *label, GError **error)
{
    struct process_facts facts;
    if (!process_facts_read(getpid(), &facts, error))
        return false;
    g_free(label->version);
    label->version = g_strdup("1"); /* of the rule in parse/growth.c */
    return true;
}

static bool proc_observe(const struct label *label, const struct moment *moment,
                         struct observation *observation, GError **error)
{
    (void)label;
    (void)observation;
    struct process_facts facts;
    if (!process_facts_read(moment->pid, &facts, error))
        return false;
    gint64 values[] = {facts.threads, facts.descriptors, facts.mappings, facts.shared_memory,
                       facts.children};
    g_autofree char *path = g_build_filename(moment->directory, ARTEFACT, NULL);
    return samples_append(path, columns, values, moment, error);
}

static void column_judge(const struct samples *samples, guint column, GPtrArray *findings)
{
    g_autofree gint64 *counts = g_new(gint64, samples->count);
    for (guint i = 0; i < samples->count; i++)
        counts[i] = samples->values[i * samples->width + column];
    if (!growth_of_count(counts, samples->count))
        return;
    gint64 first = counts[0], last = counts[samples->count - 1];
    Yard__Finding *finding =
        finding_new(YARD__CLAIM__OUTSTANDING, resources[column], last - first, -1);
    finding->has_since = true;
    finding->since = YARD__SINCE__WARM_UP;
    finding->text = g_strdup_printf("%s grew steadily from %" G_GINT64_FORMAT
                                    " to %" G_GINT64_FORMAT " in %u checkpoints",
                                    columns[column], first, last, samples->count - 1);
    g_ptr_array_add(findings, finding);
}

static bool proc_findings(const struct label *label, const struct subject *subject,
                          const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label;
    (void)ending;
    g_autofree char *path = g_build_filename(subject->directory, ARTEFACT, NULL);
    struct samples samples;
    bool read = samples_read(&samples, path, columns, error);
    for (guint column = 0; read && column < samples.width; column++)
        column_judge(&samples, column, findings);
    samples_clear(&samples);
    return read;
}

static const struct detector proc = {
    .name = "proc",
    .summary = "kernel counts over /proc: threads, descriptors, mappings, children that pile up",
    .languages = BIT(YARD__LANGUAGE__C) | BIT(YARD__LANGUAGE__CGO) | BIT(YARD__LANGUAGE__GO),
    .resources = BIT(YARD__RESOURCE__DESCRIPTOR) | BIT(YARD__RESOURCE__THREAD) |
                 BIT(YARD__RESOURCE__MAPPING) | BIT(YARD__RESOURCE__SHARED_MEMORY) |
                 BIT(YARD__RESOURCE__CHILD_PROCESS),
    .kinds = ANY_KIND,
    .flavour = "plain",
    .looks = LOOKS_LIVE,
    .counts = COUNTS_EXACTLY,
    .passive = true,
    .control = "threads/blocked-consumer",
    .probe = proc_probe,
    .observe = proc_observe,
    .findings = proc_findings,
};
DETECTOR(proc);
