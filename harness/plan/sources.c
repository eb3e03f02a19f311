#include "plan/sources.h"

#include <string.h>

#include "schema/words.h"
#include "support/failure.h"
#include "support/tree.h"

char *sources_stage(const catalog_t *catalog, const Yard__Scenario *scenario, Yard__Variant variant)
{
    g_autofree char *class = scenario_class(scenario);
    return g_build_filename(catalog_home(catalog, scenario)->build, "stage",
                            word_lower(&yard__variant__descriptor, variant), class, NULL);
}

/* FROM/BELOW becomes MODULE/BELOW. */
static bool place_folder(const char *from, const char *module, const char *below, GError **error)
{
    g_autofree char *path = g_build_filename(from, below, NULL);
    g_autofree char *target = g_build_filename(module, below, NULL);
    return tree_copy(path, target, error);
}

static bool place_file(const char *stage, const char *module, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(stage, name, NULL);
    g_autofree char *target = g_build_filename(module, name, NULL);
    g_autofree char *contents = NULL;
    gsize length;
    return g_file_get_contents(path, &contents, &length, error) &&
           g_file_set_contents_full(target, contents, (gssize)length, G_FILE_SET_CONTENTS_NONE,
                                    0644, error);
}

/* In C the kit is where the programs were compiled with it. */
static bool place_kit(const catalog_t *catalog, const Yard__Scenario *scenario, const char *stage,
                      const char *module, GError **error)
{
    if (scenario->language != YARD__LANGUAGE__C)
        return place_folder(stage, module, "kit", error) &&
               place_file(stage, module, "go.mod", error) &&
               place_file(stage, module, "go.sum", error);
    g_autofree char *scenarios =
        g_build_filename(catalog_home(catalog, scenario)->path, "scenarios", NULL);
    return place_folder(scenarios, module, "kit/c", error);
}

bool sources_place(const catalog_t *catalog, const Yard__Scenario *scenario, Yard__Variant variant,
                   const char *module, char **folder, GError **error)
{
    g_autofree char *stage = sources_stage(catalog, scenario, variant);
    g_autofree char *name = g_path_get_basename(scenario->id);
    g_autoptr(GError) cause = NULL;
    if (!place_folder(stage, module, name, &cause) ||
        !place_kit(catalog, scenario, stage, module, &cause))
        return fail(error, EXIT_INFRASTRUCTURE, "%s: not staged; run make: %s", scenario->id,
                    cause->message);
    *folder = g_build_filename(module, name, NULL);
    return true;
}
