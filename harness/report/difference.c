#include "report/difference.h"

#include <string.h>

#include "report/cell.h"
#include "schema/words.h"

static void difference_free(gpointer data)
{
    struct difference *difference = data;
    g_free(difference->before);
    g_free(difference->after);
    g_free(difference);
}

/* Notes a change, if it is one. Takes BEFORE and AFTER over. */
static void note(struct comparison *comparison, const struct difference *cell, const char *what,
                 char *before, char *after)
{
    struct difference *difference = g_memdup2(cell, sizeof *cell);
    difference->what = what;
    difference->before = before;
    difference->after = after;
    if (strcmp(before, after) == 0)
        difference_free(difference);
    else
        g_ptr_array_add(comparison->changed, difference);
}

static char *located_text(const Yard__Result *result)
{
    return g_strdup(word_lower(&yard__located__descriptor,
                               result->has_located ? result->located : YARD__LOCATED__NOWHERE));
}

static char *counted_text(const Yard__Result *result)
{
    return g_strdup(word_lower(&yard__counted__descriptor,
                               result->has_counted ? result->counted : YARD__COUNTED__NOT_COUNTED));
}

/* Places and counts are grades beside FOUND: of any other verdict they say nothing. */
static bool both_found(const Yard__Result *a, const Yard__Result *b)
{
    return a->verdict == YARD__RESULT__VERDICT__FOUND && b->verdict == YARD__RESULT__VERDICT__FOUND;
}

static void compare_cells(struct comparison *comparison, const struct cell *old,
                          const struct cell *new)
{
    const Yard__Result *before = cell_result(old), *after = cell_result(new);
    struct difference cell = {.scenario = before->scenario,
                              .variant = variant_word(before->variant),
                              .flavour = before->flavour,
                              .detector = before->detector};
    comparison->compared++;
    note(comparison, &cell, "verdict", cell_verdicts(old), cell_verdicts(new));
    if (!both_found(before, after))
        return;
    note(comparison, &cell, "located", located_text(before), located_text(after));
    note(comparison, &cell, "counted", counted_text(before), counted_text(after));
}

static char *cell_key(const Yard__Result *result)
{
    return g_strdup_printf("%s %s %s@%s", result->scenario, variant_word(result->variant),
                           result->detector, result->flavour);
}

/* Cells by key; the table owns its keys. */
static GHashTable *index_cells(const GArray *cells)
{
    GHashTable *index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < cells->len; i++) {
        struct cell *cell = &g_array_index(cells, struct cell, i);
        g_hash_table_insert(index, cell_key(cell->results[0]), cell);
    }
    return index;
}

/* The scenarios, or the detectors, that RESULTS speak of. */
static GHashTable *names_in(const GPtrArray *results, bool scenarios)
{
    GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < results->len; i++) {
        const Yard__Result *result = g_ptr_array_index(results, i);
        g_hash_table_add(names, scenarios ? result->scenario : result->detector);
    }
    return names;
}

static void add_once(GPtrArray *lines, char *line)
{
    if (g_ptr_array_find_with_equal_func(lines, line, g_str_equal, NULL))
        g_free(line);
    else
        g_ptr_array_add(lines, line);
}

/* Adds to LINES what HERE holds and THERE does not: whole scenarios and detectors
 * by their name, else single cells. */
static void only_in(const GArray *here, GHashTable *there, const GPtrArray *other, GPtrArray *lines)
{
    g_autoptr(GHashTable) scenarios = names_in(other, true);
    g_autoptr(GHashTable) detectors = names_in(other, false);
    for (guint i = 0; i < here->len; i++) {
        const Yard__Result *result = g_array_index(here, struct cell, i).results[0];
        g_autofree char *key = cell_key(result);
        if (g_hash_table_contains(there, key))
            continue;
        if (!g_hash_table_contains(scenarios, result->scenario))
            add_once(lines, g_strdup_printf("scenario %s", result->scenario));
        else if (!g_hash_table_contains(detectors, result->detector))
            add_once(lines, g_strdup_printf("detector %s", result->detector));
        else
            g_ptr_array_add(lines, g_steal_pointer(&key));
    }
}

static const Yard__Proof *find_proof(const GPtrArray *proofs, const Yard__Proof *like)
{
    for (guint i = 0; i < proofs->len; i++) {
        const Yard__Proof *proof = g_ptr_array_index(proofs, i);
        if (proof->variant == like->variant && proof->repetition == like->repetition &&
            g_strcmp0(proof->scenario, like->scenario) == 0 &&
            g_strcmp0(proof->flavour, like->flavour) == 0)
            return proof;
    }
    return NULL;
}

static char *status_text(const Yard__Proof *proof)
{
    return g_strdup(proof ? word_of(&yard__proof__status__descriptor, proof->status) : "none");
}

/* Either may be NULL: what is unproved has no verdicts, and is told of by its proof alone. */
static void compare_proof(struct comparison *comparison, const Yard__Proof *before,
                          const Yard__Proof *after)
{
    const Yard__Proof *one = before ? before : after;
    if ((before == NULL || after == NULL) && one->status != YARD__PROOF__STATUS__UNPROVED)
        return;
    struct difference cell = {.scenario = one->scenario,
                              .variant = variant_word(one->variant),
                              .flavour = one->flavour,
                              .detector = "census"};
    note(comparison, &cell, "proof", status_text(before), status_text(after));
}

static void compare_proofs(struct comparison *comparison, const GPtrArray *old,
                           const GPtrArray *new)
{
    for (guint i = 0; i < old->len; i++) {
        const Yard__Proof *before = g_ptr_array_index(old, i);
        compare_proof(comparison, before, find_proof(new, before));
    }
    for (guint i = 0; i < new->len; i++) {
        const Yard__Proof *after = g_ptr_array_index(new, i);
        if (find_proof(old, after) == NULL)
            compare_proof(comparison, NULL, after);
    }
}

void comparison_init(struct comparison *comparison, const struct report_input *old,
                     const struct report_input *new)
{
    *comparison = (struct comparison){
        .changed = g_ptr_array_new_with_free_func(difference_free),
        .only_old = g_ptr_array_new_with_free_func(g_free),
        .only_new = g_ptr_array_new_with_free_func(g_free),
    };
    g_autoptr(GArray) old_cells = cells_of(old->results);
    g_autoptr(GArray) new_cells = cells_of(new->results);
    g_autoptr(GHashTable) old_index = index_cells(old_cells);
    g_autoptr(GHashTable) new_index = index_cells(new_cells);
    compare_proofs(comparison, old->proofs, new->proofs);
    for (guint i = 0; i < old_cells->len; i++) {
        const struct cell *cell = &g_array_index(old_cells, struct cell, i);
        g_autofree char *key = cell_key(cell->results[0]);
        const struct cell *other = g_hash_table_lookup(new_index, key);
        if (other != NULL)
            compare_cells(comparison, cell, other);
    }
    only_in(old_cells, new_index, new->results, comparison->only_old);
    only_in(new_cells, old_index, old->results, comparison->only_new);
}

void comparison_clear(struct comparison *comparison)
{
    g_ptr_array_unref(comparison->changed);
    g_ptr_array_unref(comparison->only_old);
    g_ptr_array_unref(comparison->only_new);
    *comparison = (struct comparison){0};
}

bool comparison_is_empty(const struct comparison *comparison)
{
    return comparison->changed->len + comparison->only_old->len + comparison->only_new->len == 0;
}
