#include "detect/parse/growth.h"

#include <math.h>
#include <stdlib.h>

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *values, guint count)
{
    qsort(values, count, sizeof *values, by_value);
    guint middle = count / 2;
    return count % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double growth_slope(const double *values, guint count)
{
    guint pairs = count * (count - 1) / 2;
    g_autofree double *slopes = g_new(double, pairs);
    guint next = 0;
    for (guint i = 0; i < count; i++)
        for (guint j = i + 1; j < count; j++)
            slopes[next++] = (values[j] - values[i]) / (j - i);
    return median(slopes, pairs);
}

/* The variance of S when nothing trends; each group of t equal values takes
 * t(t-1)(2t+5)/18 away. */
static double variance(const double *values, guint count)
{
    g_autofree double *sorted = g_memdup2(values, count * sizeof *values);
    qsort(sorted, count, sizeof *sorted, by_value);
    double sum = (double)count * (count - 1) * (2.0 * count + 5);
    for (guint start = 0, end; start < count; start = end) {
        for (end = start + 1; end < count && sorted[end] == sorted[start];)
            end++;
        double tied = end - start;
        sum -= tied * (tied - 1) * (2 * tied + 5);
    }
    return sum / 18;
}

double growth_deviate(const double *values, guint count)
{
    gint64 balance = 0; /* S: pairs that rise less pairs that fall */
    for (guint i = 0; i < count; i++)
        for (guint j = i + 1; j < count; j++)
            balance += (values[j] > values[i]) - (values[j] < values[i]);
    if (balance == 0)
        return 0;
    return (balance - (balance > 0 ? 1 : -1)) / sqrt(variance(values, count));
}

/*
 * A leak at a constant rate is a straight line, seen through rounding to whole
 * units. Rounded down, each count lies less than one unit under the true line, and
 * so does each point of the chord from the first count to the last: the two are
 * less than one unit apart, however small the rate is. Something that fills up and
 * then stays lies far above its chord. Where more than one unit is lost a checkpoint,
 * one checkpoint's worth of deviation is let pass: a late thread, a merged mapping.
 *
 * A single step keeps to its chord wherever it is, and of all ways to place three
 * steps in ten intervals 36 in 100 do; of five, 4 in 100. So less than one
 * unit in two checkpoints is not told from chance.
 */
bool growth_of_count(const gint64 *counts, guint count)
{
    if (count < 2)
        return false;
    gint64 steps = count - 1;
    gint64 growth = counts[steps] - counts[0];
    if (growth < MAX(3, (steps + 1) / 2))
        return false;
    for (gint64 i = 1; i <= steps; i++) {
        gint64 deviation = (counts[i] - counts[0]) * steps - growth * i;
        if (counts[i] < counts[i - 1] || ABS(deviation) >= MAX(steps, growth))
            return false;
    }
    return true;
}

static double lowest(const double *values, guint count)
{
    double low = values[0];
    for (guint i = 1; i < count; i++)
        low = MIN(low, values[i]);
    return low;
}

/* A healthy sawtooth may end high; its low-water mark stays. */
static bool floor_rises(const double *values, guint count)
{
    guint third = count / 3;
    const double *last = values + count - third;
    double first_low = lowest(values, third);
    double middle_low = lowest(values + third, count - 2 * third);
    return middle_low > first_low && lowest(last, third) > middle_low;
}

/* Both tests are one-sided: only growth is a leak. */
#define DEVIATE_ABOVE_ZERO  2.326 /* p < 0.01 */
#define DEVIATE_ABOVE_LEAST 1.645 /* p < 0.05 */

/* The least growth a checkpoint that counts: two pages, as a healthy allocator may
 * touch a fresh one now and then; or a fiftieth of the low-water mark, as a
 * collector's heap swings in proportion to its size, and the memory of a healthy
 * Go program wanders upward for ten checkpoints often enough to pass a test against
 * no growth at all. */
#define LEAST_KIB   8.0
#define LEAST_SHARE 0.02

/* A cache that fills up and then stays shows a trend too: so growth must go on, at
 * a quarter of its pace or more, in the second half. */
#define LATE_SHARE 0.25

/* The deviate after SLOPE is taken away: does the series rise by more than that? */
static double deviate_above(const double *values, guint count, double slope)
{
    g_autofree double *rest = g_new(double, count);
    for (guint i = 0; i < count; i++)
        rest[i] = values[i] - slope * i;
    return growth_deviate(rest, count);
}

struct trend growth_of_size(const double *values, guint count)
{
    guint late = count / 2 + 1;
    double least = MAX(LEAST_KIB, LEAST_SHARE * lowest(values, count));
    struct trend trend = {
        .slope = growth_slope(values, count),
        .late = growth_slope(values + count - late, late),
        .deviate = growth_deviate(values, count),
        .excess = deviate_above(values, count, least),
        .floor = floor_rises(values, count),
    };
    trend.grows = trend.deviate > DEVIATE_ABOVE_ZERO && trend.excess > DEVIATE_ABOVE_LEAST &&
                  trend.late > LATE_SHARE * trend.slope && trend.floor;
    return trend;
}
