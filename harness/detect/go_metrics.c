/*
 * go-metrics: what a Go service exports to its dashboards, runtime/metrics, read at
 * each checkpoint. Goroutines and threads are counted to the last one. The live heap
 * is judged by its size, as trend judges resident memory: of the number of objects a
 * healthy runtime keeps some dozen more a checkpoint, such as ended goroutines for
 * reuse. It never says where.
 *
 * Of what grows on the heap it counts objects. A unit is made of one or more, so that
 * its number of units is an upper bound.
 */
#include <stdio.h>

#include "detect/go_runtime.h"
#include "detect/grown.h"
#include "detect/parse/runtime_metrics.h"
#include "schema/detector.h"
#include "support/failure.h"

#define ARTEFACT "metrics-%02u-of-%02u.txt" /* of each checkpoint */

enum { GOROUTINES, THREADS, OBJECTS, BYTES, METRICS };
static const char *const metrics[METRICS + 1] = {
    [GOROUTINES] = "/sched/goroutines:goroutines",
    [THREADS] = "/sched/threads/total:threads",
    [OBJECTS] = "/gc/heap/objects:objects",
    [BYTES] = "/memory/classes/heap/objects:bytes",
};

static bool observe(const struct label *label, const struct moment *moment,
                    struct observation *observation, GError **error)
{
    (void)label, (void)error;
    g_autofree char *name = g_strdup_printf(ARTEFACT, moment->checkpoint, moment->checkpoints);
    return go_look(moment, "runtime-metrics", name, observation);
}

/* The number of the last checkpoint, which the name of every artefact tells. */
static bool find_last(const char *directory, guint *last, GError **error)
{
    g_autoptr(GDir) entries = g_dir_open(directory, 0, error);
    if (entries == NULL)
        return false;
    guint checkpoint;
    for (const char *name; (name = g_dir_read_name(entries)) != NULL;)
        if (sscanf(name, "metrics-%u-of-%u.txt", &checkpoint, last) == 2)
            return true;
    return fail(error, EXIT_INFRASTRUCTURE, "%s: no metrics were written", directory);
}

/* Appends a row. */
static bool row_read(const char *directory, guint checkpoint, guint last, GArray *values,
                     GError **error)
{
    g_autofree char *name = g_strdup_printf(ARTEFACT, checkpoint, last);
    g_autofree char *path = g_build_filename(directory, name, NULL);
    g_autofree char *text = NULL;
    gsize length;
    if (!g_file_get_contents(path, &text, &length, error))
        return false;
    if (runtime_metrics_parse(text, length, metrics, values, error))
        return true;
    g_prefix_error(error, "%s: ", path);
    return false;
}

/* Clear with samples_clear. */
static bool rows_read(const char *directory, struct samples *samples, GError **error)
{
    guint last;
    if (!find_last(directory, &last, error))
        return false;
    g_autoptr(GArray) values = g_array_new(false, false, sizeof(gint64));
    for (guint i = 0; i <= last; i++)
        if (!row_read(directory, i, last, values, error))
            return false;
    samples->count = last + 1;
    samples->width = METRICS;
    samples->values = (gint64 *)g_array_free(g_steal_pointer(&values), false);
    return true;
}

static bool heap_judge(const struct samples *samples, GPtrArray *findings, GError **error)
{
    static const struct column bytes = {BYTES, "the live heap", YARD__RESOURCE__GO_OBJECT};
    Yard__Finding *finding;
    if (!grown_size(samples, &bytes, 1.0 / 1024, &finding, error))
        return false;
    if (finding == NULL)
        return true;
    gint64 first = samples->values[OBJECTS];
    gint64 last = samples->values[(samples->count - 1) * samples->width + OBJECTS];
    finding->has_units = last > first;
    finding->units = finding->has_units ? last - first : 0;
    g_ptr_array_add(findings, finding);
    return true;
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label, (void)ending;
    static const struct column counts[] = {
        {GOROUTINES, "goroutines", YARD__RESOURCE__GOROUTINE},
        {THREADS, "threads", YARD__RESOURCE__THREAD},
    };
    struct samples samples = {0};
    bool judged =
        rows_read(subject->directory, &samples, error) && heap_judge(&samples, findings, error);
    for (gsize i = 0; judged && i < G_N_ELEMENTS(counts); i++)
        grown_count(&samples, &counts[i], findings);
    samples_clear(&samples);
    return judged;
}

static const struct detector go_metrics = {
    .name = "go-metrics",
    .summary = "growth of Go's own counts of goroutines, threads, live heap",
    .languages = BIT(YARD__LANGUAGE__GO) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__GOROUTINE) | BIT(YARD__RESOURCE__GO_OBJECT) |
                 BIT(YARD__RESOURCE__THREAD),
    .kinds = ANY_KIND,
    .flavour = "plain",
    .inside = true,
    .go_from = "1.26", /* the number of threads */
    .looks = LOOKS_LIVE,
    .counts = COUNTS_ESTIMATE,
    .control = "goroutine/blocked-consumer",
    .probe = go_probe,
    .observe = observe,
    .findings = findings,
};
DETECTOR(go_metrics);
