#include <string.h>

#include "judge/condition.h"
#include "judge/deviation.h"
#include "judge/expectation_text.h"
#include "schema/message.h"
#include "schema/words.h"
#include "support/failure.h"
#include "support/filter.h"

/* A file of expectations being rewritten. */
struct blessing {
    const expectations_t *expectations;
    const Yard__Catalog *catalog;
    const char *folder, *detector;
    const char *reason;       /* of new deviations, or NULL */
    Yard__Expectations *file; /* the new contents */
    GPtrArray *unexplained;   /* of char *: new deviations that want a reason */
};

/* ---- What is known ---- */

static const Yard__Scenario *scenario_of(const Yard__Catalog *catalog, const char *id)
{
    for (size_t i = 0; i < catalog->n_scenario; i++)
        if (strcmp(catalog->scenario[i]->id, id) == 0)
            return catalog->scenario[i];
    return NULL;
}

static const Yard__Flavour *flavour_of(const Yard__Catalog *catalog, const char *name)
{
    for (size_t i = 0; name != NULL && i < catalog->n_flavour; i++)
        if (g_strcmp0(catalog->flavour[i]->name, name) == 0)
            return catalog->flavour[i];
    return NULL;
}

static void circumstances_in(const struct blessing *blessing, const Yard__Result *result,
                             struct circumstances *circumstances)
{
    const Yard__Catalog *catalog = blessing->catalog;
    circumstances_of(result, scenario_of(catalog, result->scenario),
                     flavour_of(catalog, result->flavour), circumstances);
}

/* The next layer of this detector below the file that is rewritten; *AT counts on. */
static const Yard__Expectations *layer_below(const struct blessing *blessing, guint *at)
{
    const GPtrArray *layers = blessing->expectations->layers;
    while (*at < layers->len) {
        const struct layer *layer = g_ptr_array_index(layers, (*at)++);
        if (strcmp(layer->detector, blessing->detector) == 0 &&
            strcmp(layer->folder, blessing->folder) != 0)
            return layer->file;
    }
    return NULL;
}

static Yard__Result__Verdict expected_now(const struct blessing *blessing,
                                          const Yard__Result *result,
                                          const struct circumstances *circumstances)
{
    const Yard__Deviation *own = deviation_find(blessing->file, circumstances);
    if (own != NULL)
        return own->verdict;
    Yard__Result__Verdict expected = verdict_of_truth(result->variant, result->claimed);
    guint at = 0;
    for (const Yard__Expectations *below; (below = layer_below(blessing, &at)) != NULL;) {
        const Yard__Deviation *deviation = deviation_find(below, circumstances);
        if (deviation != NULL)
            expected = deviation->verdict;
    }
    return expected;
}

static bool recorded_now(const struct blessing *blessing, const struct circumstances *circumstances)
{
    guint at = 0;
    for (const Yard__Expectations *below; (below = layer_below(blessing, &at)) != NULL;)
        if (is_recorded(below, circumstances))
            return true;
    return is_recorded(blessing->file, circumstances);
}

/* ---- Where somebody looked ---- */

static void record(struct blessing *blessing, const struct circumstances *circumstances)
{
    if (recorded_now(blessing, circumstances))
        return;
    Yard__Expectations *file = blessing->file;
    file->recorded = g_renew(Yard__Condition *, file->recorded, file->n_recorded + 1);
    file->recorded[file->n_recorded++] = condition_new(circumstances);
}

/* ---- Rows ---- */

static bool is_row_of(const Yard__Deviation *row, const struct circumstances *circumstances)
{
    return deviation_is_exact(row) && strcmp(row->scenario, circumstances->id) == 0 &&
           deviation_holds(row, circumstances);
}

static bool holds_only_here(const Yard__Deviation *row, const struct circumstances *circumstances)
{
    if (row->n_condition != 1)
        return false;
    Yard__Condition *here = condition_new(circumstances);
    bool same = condition_equal(row->condition[0], here);
    yard__condition__free_unpacked(here, NULL);
    return same;
}

/* Takes the rows away that stand for this very cell: those of its environment
 * alone, or EVERYWHERE. Returns the reason of one with VERDICT, or NULL; free with
 * g_free. */
static char *take_rows(struct blessing *blessing, const struct circumstances *circumstances,
                       bool everywhere, Yard__Result__Verdict verdict)
{
    Yard__Expectations *file = blessing->file;
    char *reason = NULL;
    size_t kept = 0;
    for (size_t i = 0; i < file->n_deviation; i++) {
        Yard__Deviation *row = file->deviation[i];
        if (!is_row_of(row, circumstances) ||
            !(everywhere || holds_only_here(row, circumstances))) {
            file->deviation[kept++] = row;
            continue;
        }
        if (row->verdict == verdict) {
            g_free(reason);
            reason = g_strdup(row->reason);
        }
        yard__deviation__free_unpacked(row, NULL);
    }
    file->n_deviation = kept;
    return reason;
}

static void add_row(struct blessing *blessing, const struct circumstances *circumstances,
                    bool everywhere, Yard__Result__Verdict verdict, const char *reason)
{
    Yard__Deviation *row = g_new(Yard__Deviation, 1);
    yard__deviation__init(row);
    row->scenario = g_strdup(circumstances->id);
    row->has_variant = row->has_verdict = true;
    row->variant = circumstances->variant;
    row->verdict = verdict;
    row->reason = g_strdup(reason);
    if (!everywhere) {
        row->condition = g_new(Yard__Condition *, 1);
        row->condition[row->n_condition++] = condition_new(circumstances);
    }
    Yard__Expectations *file = blessing->file;
    file->deviation = g_renew(Yard__Deviation *, file->deviation, file->n_deviation + 1);
    file->deviation[file->n_deviation++] = row;
    deviations_sort(file);
}

static void bless_result(struct blessing *blessing, const Yard__Result *result, bool everywhere)
{
    struct circumstances circumstances;
    circumstances_in(blessing, result, &circumstances);
    if (!everywhere && expected_now(blessing, result, &circumstances) == result->verdict)
        return;
    g_autofree char *old = take_rows(blessing, &circumstances, everywhere, result->verdict);
    Yard__Result__Verdict expected = expected_now(blessing, result, &circumstances);
    if (expected == result->verdict)
        return;
    const char *reason = old ? old : blessing->reason;
    if (reason == NULL)
        g_ptr_array_add(
            blessing->unexplained,
            g_strdup_printf("%s %s (%s, not %s)", result->scenario,
                            word_lower(&yard__variant__descriptor, result->variant),
                            word_of(&yard__result__verdict__descriptor, result->verdict),
                            word_of(&yard__result__verdict__descriptor, expected)));
    add_row(blessing, &circumstances, everywhere, result->verdict, reason);
}

/* ---- Cells: the results of one scenario and variant ---- */

/* Does a condition say that somebody looked in an environment that none of the
 * CELL's results is from? */
static bool looks_beyond(const struct blessing *blessing, const Yard__Condition *recorded,
                         const GPtrArray *cell)
{
    for (guint i = 0; i < cell->len; i++) {
        struct circumstances circumstances;
        circumstances_in(blessing, g_ptr_array_index(cell, i), &circumstances);
        if (condition_holds(recorded, &circumstances) ||
            !condition_concerns(recorded, circumstances.language))
            return false;
    }
    return true;
}

static bool file_looks_beyond(const struct blessing *blessing, const Yard__Expectations *file,
                              const GPtrArray *cell)
{
    for (size_t i = 0; i < file->n_recorded; i++)
        if (looks_beyond(blessing, file->recorded[i], cell))
            return true;
    return false;
}

/* One row without a condition can stand for all: the results agree, and there is
 * no other environment that it would be wrong in. */
static bool holds_everywhere(const struct blessing *blessing, const GPtrArray *cell)
{
    const Yard__Result *first = g_ptr_array_index(cell, 0);
    for (guint i = 1; i < cell->len; i++) {
        const Yard__Result *other = g_ptr_array_index(cell, i);
        if (other->verdict != first->verdict)
            return false;
    }
    guint at = 0;
    for (const Yard__Expectations *below; (below = layer_below(blessing, &at)) != NULL;)
        if (file_looks_beyond(blessing, below, cell))
            return false;
    return !file_looks_beyond(blessing, blessing->file, cell);
}

static bool is_steady(const GPtrArray *cell, GError **error)
{
    for (guint i = 1; i < cell->len; i++) {
        const Yard__Result *before = g_ptr_array_index(cell, i - 1);
        const Yard__Result *result = g_ptr_array_index(cell, i);
        if (before->verdict != result->verdict &&
            g_strcmp0(before->flavour, result->flavour) == 0 &&
            g_strcmp0(before->version, result->version) == 0)
            return fail(error, EXIT_USAGE,
                        "%s %s (%s): repeated runs say %s and %s; an unsteady verdict cannot be"
                        " blessed",
                        result->scenario, word_lower(&yard__variant__descriptor, result->variant),
                        result->flavour,
                        word_of(&yard__result__verdict__descriptor, before->verdict),
                        word_of(&yard__result__verdict__descriptor, result->verdict));
    }
    return true;
}

static bool bless_cell(struct blessing *blessing, const GPtrArray *cell, GError **error)
{
    if (!is_steady(cell, error))
        return false;
    bool everywhere = holds_everywhere(blessing, cell);
    for (guint i = 0; i < cell->len; i++)
        bless_result(blessing, g_ptr_array_index(cell, i), everywhere);
    return true;
}

static gint by_cell(gconstpointer a, gconstpointer b)
{
    const Yard__Result *one = *(Yard__Result *const *)a, *other = *(Yard__Result *const *)b;
    gint ids = strcmp(one->scenario, other->scenario);
    if (ids != 0 || one->variant != other->variant)
        return ids ? ids : (int)one->variant - (int)other->variant;
    gint flavours = g_strcmp0(one->flavour, other->flavour);
    return flavours ? flavours : g_strcmp0(one->version, other->version);
}

/* Those that can be blessed, sorted. Free with g_ptr_array_unref. */
static GPtrArray *judged(const GPtrArray *results)
{
    GPtrArray *sorted = g_ptr_array_new();
    for (guint i = 0; i < results->len; i++) {
        Yard__Result *result = g_ptr_array_index(results, i);
        if (result->verdict != YARD__RESULT__VERDICT__ERROR &&
            result->verdict != YARD__RESULT__VERDICT__TIMEOUT &&
            result->verdict != YARD__RESULT__VERDICT__UNSUPPORTED)
            g_ptr_array_add(sorted, result);
    }
    g_ptr_array_sort(sorted, by_cell);
    return sorted;
}

static bool record_all(struct blessing *blessing, const GPtrArray *results, GError **error)
{
    for (guint i = 0; i < results->len; i++) {
        const Yard__Result *result = g_ptr_array_index(results, i);
        if (scenario_of(blessing->catalog, result->scenario) == NULL)
            return fail(error, EXIT_USAGE,
                        "the results speak of %s, which is not in the catalogue; run it again",
                        result->scenario);
        struct circumstances circumstances;
        circumstances_in(blessing, result, &circumstances);
        record(blessing, &circumstances);
    }
    return true;
}

static bool bless_all(struct blessing *blessing, const GPtrArray *results, GError **error)
{
    if (!record_all(blessing, results, error))
        return false;
    g_autoptr(GPtrArray) cell = g_ptr_array_new();
    for (guint i = 0; i < results->len; i++) {
        Yard__Result *result = g_ptr_array_index(results, i);
        const Yard__Result *next = i + 1 < results->len ? g_ptr_array_index(results, i + 1) : NULL;
        g_ptr_array_add(cell, result);
        if (next != NULL && strcmp(next->scenario, result->scenario) == 0 &&
            next->variant == result->variant)
            continue;
        if (!bless_cell(blessing, cell, error))
            return false;
        g_ptr_array_set_size(cell, 0);
    }
    if (blessing->unexplained->len == 0)
        return true;
    return fail(error, EXIT_USAGE,
                "%s: %u new deviations want a reason (--reason), the first is %s",
                blessing->detector, blessing->unexplained->len,
                (char *)g_ptr_array_index(blessing->unexplained, 0));
}

/* ---- The file ---- */

/* A copy of what the folder has now, or an empty one. */
static Yard__Expectations *copy_of_file(const expectations_t *expectations, const char *folder,
                                        const char *detector)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    for (guint i = 0; i < expectations->layers->len; i++) {
        const struct layer *layer = g_ptr_array_index(expectations->layers, i);
        if (strcmp(layer->folder, folder) != 0 || strcmp(layer->detector, detector) != 0)
            continue;
        g_byte_array_set_size(bytes, (guint)yard__expectations__get_packed_size(layer->file));
        yard__expectations__pack(layer->file, bytes->data);
    }
    return yard__expectations__unpack(NULL, bytes->len, bytes->data);
}

static bool make_diff(const char *path, const char *text, char **diff, GError **error)
{
    bool exists = g_file_test(path, G_FILE_TEST_EXISTS);
    char *argv[] = {"diff",    "-u",         "--label", (char *)path,
                    "--label", (char *)path, "--",      exists ? (char *)path : "/dev/null",
                    "-",       NULL};
    g_autoptr(GBytes) output = NULL;
    g_autofree char *said = NULL;
    int exit_code;
    if (!filter_run(argv, text, strlen(text), &output, &said, &exit_code, error))
        return false;
    if (exit_code > 1)
        return fail(error, EXIT_INFRASTRUCTURE, "cannot compare with %s: %s", path,
                    g_strstrip(said));
    gsize length;
    const char *lines = g_bytes_get_data(output, &length);
    *diff = g_strndup(lines ? lines : "", length);
    return true;
}

static bool write_file(const char *path, const char *text, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (!g_file_set_contents(path, text, -1, &cause))
        return fail(error, EXIT_INFRASTRUCTURE, "cannot write expectations: %s", cause->message);
    return true;
}

bool expectations_bless(const expectations_t *expectations, const Yard__Catalog *catalog,
                        const char *folder, const char *detector, const GPtrArray *results,
                        const char *reason, bool dry_run, char **diff, GError **error)
{
    struct blessing blessing = {
        .expectations = expectations,
        .catalog = catalog,
        .folder = folder,
        .detector = detector,
        .reason = reason,
        .file = copy_of_file(expectations, folder, detector),
        .unexplained = g_ptr_array_new_with_free_func(g_free),
    };
    g_autoptr(GPtrArray) sorted = judged(results);
    g_autofree char *name = g_strconcat(detector, ".txtpb", NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *text = NULL;
    *diff = NULL;
    bool blessed = bless_all(&blessing, sorted, error);
    if (blessed && sorted->len == 0)
        *diff = g_strdup("");
    if (blessed && *diff == NULL) {
        text = expectations_text(blessing.file, detector);
        blessed = make_diff(path, text, diff, error) &&
                  (dry_run || **diff == '\0' || write_file(path, text, error));
    }
    yard__expectations__free_unpacked(blessing.file, NULL);
    g_ptr_array_unref(blessing.unexplained);
    return blessed;
}
