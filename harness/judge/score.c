#include "judge/score.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* ---- Counting ---- */

static bool is_error(const Yard__Result *result)
{
    return result->verdict == YARD__RESULT__VERDICT__ERROR ||
           result->verdict == YARD__RESULT__VERDICT__TIMEOUT;
}

static void count_leaky(struct tally *tally, const Yard__Result *result)
{
    tally->leaky++;
    if (result->verdict == YARD__RESULT__VERDICT__FOUND) {
        tally->found++;
        tally->located += result->has_located && result->located >= YARD__LOCATED__FUNCTION;
        tally->counted += result->has_counted && result->counted >= YARD__COUNTED__BLOCKS_EXACT;
    } else if (result->out_of_reach) {
        tally->out_of_reach++;
    } else {
        tally->missed++;
    }
}

static void count_sound(struct tally *tally, const Yard__Result *result)
{
    tally->sound++;
    tally->clean += result->verdict == YARD__RESULT__VERDICT__CLEAN;
    tally->false_alarms += result->verdict == YARD__RESULT__VERDICT__FALSE_ALARM;
}

static void count(struct tally *tally, const Yard__Result *result)
{
    if (result->variant == YARD__VARIANT__LEAKY)
        count_leaky(tally, result);
    else
        count_sound(tally, result);
    tally->errors += is_error(result);
    tally->noise += result->noise;
}

static void add_tally(struct tally *sum, const struct tally *part)
{
    sum->leaky += part->leaky;
    sum->found += part->found;
    sum->missed += part->missed;
    sum->out_of_reach += part->out_of_reach;
    sum->sound += part->sound;
    sum->clean += part->clean;
    sum->false_alarms += part->false_alarms;
    sum->errors += part->errors;
    sum->located += part->located;
    sum->counted += part->counted;
    sum->noise += part->noise;
    sum->leaky_cells += part->leaky_cells;
    sum->sound_cells += part->sound_cells;
    sum->hits += part->hits;
    sum->alarms += part->alarms;
}

/* TALLY has the runs of one cell: makes one trial of them. */
static void close_cell(struct tally *tally)
{
    tally->leaky_cells = tally->leaky > 0;
    tally->sound_cells = tally->sound > 0;
    tally->hits = tally->leaky > 0 ? (double)tally->found / tally->leaky : 0;
    tally->alarms = tally->sound > 0 ? (double)tally->false_alarms / tally->sound : 0;
}

/* ---- Statistics ---- */

/* Successes among trials, with Wilson's interval at 95 %. */
struct rate {
    double value, low, high;
};

static struct rate wilson(double successes, guint trials)
{
    const double z = 1.959963984540054;
    double n = trials, p = successes / n;
    double centre = 2 * n * p + z * z, spread = z * sqrt(z * z + 4 * n * p * (1 - p));
    double width = 2 * (n + z * z);
    return (struct rate){p, (centre - spread) / width, (centre + spread) / width};
}

/* Means over classes, and the squares of their intervals' arms. */
struct means {
    double hits, alarms;
    double below, above;
};

static void add_rate(double *mean, double *near, double *far, const struct rate *rate, double share)
{
    *mean += rate->value * share;
    *near += pow((rate->value - rate->low) * share, 2);
    *far += pow((rate->high - rate->value) * share, 2);
}

/* Fills SUM's score from the tallies of its classes. */
static void score_tallies(struct tally *sum, const struct tally *const *tallies, guint length)
{
    guint leaky = 0, sound = 0;
    for (guint i = 0; i < length; i++) {
        leaky += tallies[i]->leaky > 0;
        sound += tallies[i]->sound > 0;
    }
    struct means means = {0};
    for (guint i = 0; i < length; i++) {
        const struct tally *tally = tallies[i];
        if (tally->leaky > 0) {
            struct rate hits = wilson(tally->hits, tally->leaky_cells);
            add_rate(&means.hits, &means.below, &means.above, &hits, 1.0 / leaky);
        }
        if (tally->sound > 0) {
            struct rate alarms = wilson(tally->alarms, tally->sound_cells);
            add_rate(&means.alarms, &means.above, &means.below, &alarms, 1.0 / sound);
        }
    }
    sum->score = means.hits - means.alarms;
    sum->low = sum->score - sqrt(means.below);
    sum->high = sum->score + sqrt(means.above);
}

static int by_value(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

/* 0 of none. */
static double median(GArray *values)
{
    if (values->len == 0)
        return 0;
    g_array_sort(values, by_value);
    guint middle = values->len / 2;
    double upper = g_array_index(values, double, middle);
    return values->len % 2 ? upper : (g_array_index(values, double, middle - 1) + upper) / 2;
}

/* ---- Detectors and classes ---- */

static void class_free(gpointer data)
{
    struct class_score *class_score = data;
    g_free(class_score->class_name);
    g_free(class_score);
}

static void score_free(gpointer data)
{
    struct score *score = data;
    g_free(score->detector);
    g_free(score->flavour);
    g_free(score->version);
    g_ptr_array_unref(score->classes);
    g_free(score);
}

static struct class_score *class_of(struct score *score, const char *id)
{
    g_autofree char *name = g_strndup(id, strcspn(id, "/"));
    guint at = 0;
    for (; at < score->classes->len; at++) {
        struct class_score *known = g_ptr_array_index(score->classes, at);
        int order = strcmp(known->class_name, name);
        if (order == 0)
            return known;
        if (order > 0)
            break;
    }
    struct class_score *added = g_new0(struct class_score, 1);
    added->class_name = g_steal_pointer(&name);
    g_ptr_array_insert(score->classes, (gint)at, added);
    return added;
}

static void score_classes(struct score *score)
{
    guint length = score->classes->len;
    g_autofree const struct tally **claimed = g_new(const struct tally *, length);
    g_autofree const struct tally **all = g_new(const struct tally *, length);
    for (guint i = 0; i < length; i++) {
        struct class_score *part = g_ptr_array_index(score->classes, i);
        claimed[i] = &part->claimed;
        all[i] = &part->all;
        score_tallies(&part->claimed, &claimed[i], 1);
        score_tallies(&part->all, &all[i], 1);
        add_tally(&score->claimed, &part->claimed);
        add_tally(&score->all, &part->all);
    }
    score_tallies(&score->claimed, claimed, length);
    score_tallies(&score->all, all, length);
}

/* RESULTS[FROM..TO) are of one cell. */
static void count_cell(struct score *score, const GPtrArray *results, guint from, guint to)
{
    struct tally claimed = {0}, all = {0};
    for (guint i = from; i < to; i++) {
        const Yard__Result *result = g_ptr_array_index(results, i);
        count(&all, result);
        if (result->claimed)
            count(&claimed, result);
    }
    close_cell(&claimed);
    close_cell(&all);
    const Yard__Result *first = g_ptr_array_index(results, from);
    struct class_score *part = class_of(score, first->scenario);
    add_tally(&part->claimed, &claimed);
    add_tally(&part->all, &all);
}

static int compare_cells(const Yard__Result *one, const Yard__Result *other)
{
    int ids = g_strcmp0(one->scenario, other->scenario);
    return ids ? ids : (int)one->variant - (int)other->variant;
}

/* Where what COMPARE tells apart from RESULTS[FROM] begins, at most TO. */
static guint end_of(const GPtrArray *results, guint from, guint to,
                    int (*compare)(const Yard__Result *, const Yard__Result *))
{
    guint end = from + 1;
    while (end < to && compare(results->pdata[from], results->pdata[end]) == 0)
        end++;
    return end;
}

/* RESULTS[FROM..TO) are of one detector and flavour. */
static struct score *score_detector(const GPtrArray *results, guint from, guint to)
{
    const Yard__Result *first = g_ptr_array_index(results, from);
    struct score *score = g_new0(struct score, 1);
    score->detector = g_strdup(first->detector);
    score->flavour = g_strdup(first->flavour);
    score->version = g_strdup(first->version);
    score->classes = g_ptr_array_new_with_free_func(class_free);
    g_autoptr(GArray) wall = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GArray) memory = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = from; i < to; i++) {
        const Yard__Result *result = g_ptr_array_index(results, i);
        if (result->has_wall_ratio)
            g_array_append_val(wall, result->wall_ratio);
        if (result->has_memory_ratio)
            g_array_append_val(memory, result->memory_ratio);
    }
    for (guint cell = from, end; cell < to; cell = end) {
        end = end_of(results, cell, to, compare_cells);
        count_cell(score, results, cell, end);
    }
    score->wall_ratio = median(wall);
    score->memory_ratio = median(memory);
    score_classes(score);
    return score;
}

static int compare_labels(const Yard__Result *one, const Yard__Result *other)
{
    int detectors = g_strcmp0(one->detector, other->detector);
    return detectors ? detectors : g_strcmp0(one->flavour, other->flavour);
}

static gint by_label_and_cell(gconstpointer a, gconstpointer b)
{
    const Yard__Result *one = *(Yard__Result *const *)a, *other = *(Yard__Result *const *)b;
    int labels = compare_labels(one, other);
    return labels ? labels : compare_cells(one, other);
}

static GPtrArray *supported(const GPtrArray *results)
{
    GPtrArray *sorted = g_ptr_array_new();
    for (guint i = 0; i < results->len; i++) {
        Yard__Result *result = g_ptr_array_index(results, i);
        if (result->verdict != YARD__RESULT__VERDICT__UNSUPPORTED)
            g_ptr_array_add(sorted, result);
    }
    g_ptr_array_sort(sorted, by_label_and_cell);
    return sorted;
}

GPtrArray *score_results(const GPtrArray *results)
{
    g_autoptr(GPtrArray) sorted = supported(results);
    GPtrArray *scores = g_ptr_array_new_with_free_func(score_free);
    for (guint from = 0, to; from < sorted->len; from = to) {
        to = end_of(sorted, from, sorted->len, compare_labels);
        g_ptr_array_add(scores, score_detector(sorted, from, to));
    }
    return scores;
}
