#include "catalog/manifest.h"

#include <string.h>

#include "catalog/catalog.h"
#include "schema/textproto.h"
#include "support/failure.h"

static bool check_id(const char *id, GError **error)
{
    if (!g_regex_match_simple("^[a-z0-9-]+/[a-z0-9-]+$", id, G_REGEX_DOLLAR_ENDONLY, 0))
        return fail(error, EXIT_USAGE,
                    "the id '%s' is not CLASS/NAME in small letters, digits and hyphens; rename "
                    "the folder",
                    id);
    g_autoptr(GPtrArray) classes = leak_class_names();
    g_autofree char *class_name = g_strndup(id, strcspn(id, "/"));
    if (g_ptr_array_find_with_equal_func(classes, class_name, g_str_equal, NULL))
        return true;
    g_ptr_array_add(classes, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)classes->pdata);
    return fail(error, EXIT_USAGE, "the id '%s' begins with none of the classes: %s", id, list);
}

/* Takes ID over, and checks all that the schema can't. */
static bool complete(Yard__Scenario *scenario, const char *id, const char *folder,
                     struct text_place *place, GError **error)
{
    if (scenario->id != NULL) {
        place->field = "id";
        return fail(error, EXIT_USAGE, "the build takes the id from the folder; take it out");
    }
    if (!check_id(id, error))
        return false;
    scenario->id = g_strdup(id);
    return manifest_check(scenario, place, error) && folder_check(scenario, folder, error);
}

Yard__Scenario *manifest_compile(const char *path, const char *id, const char *schema,
                                 GError **error)
{
    g_autofree char *text = NULL;
    g_autofree char *file = g_build_filename(schema, "leakyard.proto", NULL);
    Yard__Scenario *scenario =
        (Yard__Scenario *)textproto_read(path, file, &yard__scenario__descriptor, &text, error);
    if (scenario == NULL)
        return NULL;
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GError) cause = NULL;
    struct text_place place = {0};
    if (complete(scenario, id, folder, &place, &cause))
        return scenario;
    text_fail(error, path, text, &place, "%s", cause->message);
    yard__scenario__free_unpacked(scenario, NULL);
    return NULL;
}

bool manifest_write(const Yard__Scenario *scenario, const char *path, GError **error)
{
    Yard__Catalog catalog = YARD__CATALOG__INIT;
    catalog.n_scenario = 1;
    catalog.scenario = (Yard__Scenario *[]){(Yard__Scenario *)scenario};
    gsize size = yard__catalog__get_packed_size(&catalog);
    g_autofree guint8 *bytes = g_malloc(size);
    yard__catalog__pack(&catalog, bytes);
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents(path, (const char *)bytes, (gssize)size, &cause))
        return true;
    return fail(error, EXIT_INFRASTRUCTURE, "cannot write the compiled manifest: %s",
                cause->message);
}
