#include "judge/deviation.h"

#include <string.h>

bool deviation_holds(const Yard__Deviation *deviation, const struct circumstances *circumstances)
{
    if (!g_pattern_match_simple(deviation->scenario, circumstances->id))
        return false;
    if (deviation->has_variant && deviation->variant != circumstances->variant)
        return false;
    for (size_t i = 0; i < deviation->n_condition; i++)
        if (condition_holds(deviation->condition[i], circumstances))
            return true;
    return deviation->n_condition == 0;
}

static bool is_glob(const char *pattern)
{
    return strpbrk(pattern, "*?") != NULL;
}

bool deviation_is_exact(const Yard__Deviation *deviation)
{
    return deviation->has_variant && !is_glob(deviation->scenario);
}

static gint by_precedence(gconstpointer a, gconstpointer b)
{
    const Yard__Deviation *one = *(Yard__Deviation *const *)a;
    const Yard__Deviation *other = *(Yard__Deviation *const *)b;
    bool glob = is_glob(one->scenario), other_glob = is_glob(other->scenario);
    if (glob || other_glob)
        return (int)other_glob - (int)glob; /* globs stay in the order they were written */
    gint ids = strcmp(one->scenario, other->scenario);
    if (ids != 0)
        return ids;
    int variant = one->has_variant ? (int)one->variant : 0;
    int other_variant = other->has_variant ? (int)other->variant : 0;
    if (variant != other_variant)
        return variant - other_variant;
    return (int)(one->n_condition > 0) - (int)(other->n_condition > 0);
}

void deviations_sort(Yard__Expectations *file)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (size_t i = 0; i < file->n_deviation; i++)
        g_ptr_array_add(sorted, file->deviation[i]);
    g_ptr_array_sort(sorted, by_precedence);
    for (size_t i = 0; i < file->n_deviation; i++)
        file->deviation[i] = g_ptr_array_index(sorted, i);
}

const Yard__Deviation *deviation_find(const Yard__Expectations *file,
                                      const struct circumstances *circumstances)
{
    for (size_t i = file->n_deviation; i > 0; i--)
        if (deviation_holds(file->deviation[i - 1], circumstances))
            return file->deviation[i - 1];
    return NULL;
}

bool is_recorded(const Yard__Expectations *file, const struct circumstances *circumstances)
{
    for (size_t i = 0; i < file->n_recorded; i++)
        if (condition_holds(file->recorded[i], circumstances))
            return true;
    return false;
}

Yard__Result__Verdict verdict_of_truth(Yard__Variant variant, bool claimed)
{
    if (variant != YARD__VARIANT__LEAKY)
        return YARD__RESULT__VERDICT__CLEAN;
    return claimed ? YARD__RESULT__VERDICT__FOUND : YARD__RESULT__VERDICT__MISSED;
}
