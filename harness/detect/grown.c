#include "detect/grown.h"

#include "detect/parse/growth.h"
#include "schema/message.h"
#include "support/failure.h"

/* Since the end of the warm-up. Takes TEXT over. */
static Yard__Finding *growth(Yard__Resource resource, gint64 units, gint64 bytes, char *text)
{
    Yard__Finding *finding = finding_new(YARD__CLAIM__OUTSTANDING, resource, units, bytes);
    finding->has_since = true;
    finding->since = YARD__SINCE__WARM_UP;
    finding->text = text;
    return finding;
}

static gint64 value_at(const struct samples *samples, const struct column *column, guint row)
{
    return samples->values[row * samples->width + column->index];
}

void grown_count(const struct samples *samples, const struct column *column, GPtrArray *findings)
{
    g_autofree gint64 *counts = g_new(gint64, samples->count);
    for (guint i = 0; i < samples->count; i++)
        counts[i] = value_at(samples, column, i);
    if (!growth_of_count(counts, samples->count))
        return;
    gint64 first = counts[0], last = counts[samples->count - 1];
    char *text = g_strdup_printf("%s grew steadily from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                                 " in %u checkpoints",
                                 column->name, first, last, samples->count - 1);
    g_ptr_array_add(findings, growth(column->resource, last - first, -1, text));
}

/* The first fifth is left out: allocators and runtimes still find their size. */
bool grown_size(const struct samples *samples, const struct column *column, double kib,
                Yard__Finding **finding, GError **error)
{
    *finding = NULL;
    guint dropped = samples->count / 5;
    guint count = samples->count - dropped;
    if (count < TREND_SAMPLES)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "%u checkpoints are too few to tell a trend: it takes 10", samples->count);
    g_autofree double *values = g_new(double, count);
    for (guint i = 0; i < count; i++)
        values[i] = (double)value_at(samples, column, dropped + i) * kib;
    struct trend trend = growth_of_size(values, count);
    if (!trend.grows)
        return true;
    gint64 bytes = trend.slope * (samples->count - 1) * 1024;
    char *text =
        g_strdup_printf("%s grows by %.1f KiB a checkpoint, %.1f in the second half "
                        "(z %.2f; over the least that counts %.2f)",
                        column->name, trend.slope, trend.late, trend.deviate, trend.excess);
    *finding = growth(column->resource, -1, bytes, text);
    return true;
}
