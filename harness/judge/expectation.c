#include "judge/expectation.h"

#include <string.h>

#include "judge/deviation.h"
#include "schema/message.h"
#include "schema/textproto.h"
#include "support/failure.h"

#define SUFFIX ".txtpb"

static void layer_free(gpointer data)
{
    struct layer *layer = data;
    g_free(layer->folder);
    g_free(layer->detector);
    if (layer->file != NULL)
        yard__expectations__free_unpacked(layer->file, NULL);
    g_free(layer);
}

void expectations_free(expectations_t *expectations)
{
    if (expectations == NULL)
        return;
    g_ptr_array_unref(expectations->layers);
    g_free(expectations);
}

/* ---- Reading ---- */

static const char *missing_field(const Yard__Deviation *deviation)
{
    if (deviation->scenario == NULL || *deviation->scenario == '\0')
        return "scenario";
    if (!deviation->has_verdict)
        return "verdict";
    return deviation->reason == NULL || *deviation->reason == '\0' ? "reason" : NULL;
}

static bool check(const char *path, const char *text, const Yard__Expectations *file,
                  GError **error)
{
    for (size_t i = 0; i < file->n_deviation; i++) {
        const char *missing = missing_field(file->deviation[i]);
        struct text_place place = {.field = "deviation", .nth = (guint)i};
        if (missing != NULL)
            return text_fail(error, path, text, &place, "this deviation has no %s", missing);
    }
    return true;
}

static Yard__Expectations *read_file(const char *path, const char *schema, GError **error)
{
    g_autofree char *text = NULL;
    g_autofree char *types = g_build_filename(schema, "leakyard.proto", NULL);
    Yard__Expectations *file = (Yard__Expectations *)textproto_read(
        path, types, &yard__expectations__descriptor, &text, error);
    if (file == NULL)
        return NULL;
    if (!check(path, text, file, error)) {
        yard__expectations__free_unpacked(file, NULL);
        return NULL;
    }
    deviations_sort(file);
    return file;
}

static bool read_folder(expectations_t *expectations, const char *folder, const char *schema,
                        GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GDir) directory = g_dir_open(folder, 0, &cause);
    if (directory == NULL)
        return fail(error, EXIT_USAGE, "cannot read expectations: %s", cause->message);
    for (const char *name; (name = g_dir_read_name(directory)) != NULL;) {
        if (*name == '.' || !g_str_has_suffix(name, SUFFIX))
            continue;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        Yard__Expectations *file = read_file(path, schema, error);
        if (file == NULL)
            return false;
        struct layer *layer = g_new(struct layer, 1);
        layer->folder = g_strdup(folder);
        layer->detector = g_strndup(name, strlen(name) - strlen(SUFFIX));
        layer->file = file;
        g_ptr_array_add(expectations->layers, layer);
    }
    return true;
}

expectations_t *expectations_read(char *const *folders, const char *schema, GError **error)
{
    g_autoptr(expectations_t) expectations = g_new(expectations_t, 1);
    expectations->layers = g_ptr_array_new_with_free_func(layer_free);
    for (; *folders != NULL; folders++)
        if (!read_folder(expectations, *folders, schema, error))
            return NULL;
    return g_steal_pointer(&expectations);
}

/* ---- Applying ---- */

static bool has_file(const expectations_t *expectations, const char *detector)
{
    for (guint i = 0; detector != NULL && i < expectations->layers->len; i++) {
        const struct layer *layer = g_ptr_array_index(expectations->layers, i);
        if (strcmp(layer->detector, detector) == 0)
            return true;
    }
    return false;
}

/* What the files say of one cell: the last folder's word counts. */
struct known {
    const Yard__Deviation *deviation;
    bool recorded;
};

static struct known look_up(const expectations_t *expectations, const char *detector,
                            const struct circumstances *circumstances)
{
    struct known known = {0};
    for (guint i = 0; i < expectations->layers->len; i++) {
        const struct layer *layer = g_ptr_array_index(expectations->layers, i);
        if (strcmp(layer->detector, detector) != 0)
            continue;
        const Yard__Deviation *deviation = deviation_find(layer->file, circumstances);
        if (deviation != NULL)
            known.deviation = deviation;
        known.recorded |= is_recorded(layer->file, circumstances);
    }
    return known;
}

static Yard__Result__Standing standing_of(const Yard__Result *result, const struct known *known)
{
    bool same = result->verdict == result->expected;
    switch (result->verdict) {
    case YARD__RESULT__VERDICT__UNSUPPORTED:
        return YARD__RESULT__STANDING__AS_EXPECTED;
    case YARD__RESULT__VERDICT__ERROR:
    case YARD__RESULT__VERDICT__TIMEOUT:
        return same ? YARD__RESULT__STANDING__AS_EXPECTED : YARD__RESULT__STANDING__DIFFERS;
    default:
        if (!known->recorded)
            return YARD__RESULT__STANDING__UNRECORDED;
        return same ? YARD__RESULT__STANDING__AS_EXPECTED : YARD__RESULT__STANDING__DIFFERS;
    }
}

void expectation_apply(const expectations_t *expectations, const Yard__Scenario *scenario,
                       const char *detector, const Yard__Flavour *flavour, Yard__Result *result)
{
    struct circumstances circumstances;
    circumstances_of(result, scenario, flavour, &circumstances);
    const char *name = has_file(expectations, result->detector) ? result->detector : detector;
    struct known known = look_up(expectations, name, &circumstances);
    result->has_expected = result->has_standing = true;
    result->expected = known.deviation ? known.deviation->verdict
                                       : verdict_of_truth(result->variant, result->claimed);
    message_set_string(&result->expected_reason, known.deviation ? known.deviation->reason : NULL);
    result->standing = standing_of(result, &known);
}
