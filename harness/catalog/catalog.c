#include "catalog/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "support/failure.h"

const struct leak_class leak_classes[] = {
    {"heap", "C memory that nothing points to any more"},
    {"reachable", "memory that grows and is still pointed to"},
    {"threads", "threads that wait for ever, or that nobody joins"},
    {"lifecycle", "what is begun and never ended: logins, subscriptions, libraries"},
    {"resource", "descriptors, mappings, segments, timers, child processes"},
    {"linkage", "parts that were built or linked apart and do not agree"},
    {"cgo", "memory lost between Go and C"},
    {"goroutine", "goroutines that wait for ever"},
    {"goheap", "Go memory that the collector may not take"},
    {"trap", "healthy programs that look as if they leak"},
    {"incident", "whole stories from production, replayed"},
    {NULL, NULL},
};

GPtrArray *leak_class_names(void)
{
    GPtrArray *names = g_ptr_array_new();
    for (const struct leak_class *i = leak_classes; i->name != NULL; i++)
        g_ptr_array_add(names, (gpointer)i->name);
    return names;
}

static int by_id(const void *a, const void *b)
{
    const Yard__Scenario *const *first = a, *const *second = b;
    return strcmp((*first)->id, (*second)->id);
}

void catalog_sort(catalog_t *catalog)
{
    if (catalog->message->n_scenario > 0)
        qsort(catalog->message->scenario, catalog->message->n_scenario,
              sizeof *catalog->message->scenario, by_id);
}

static bool all_have_ids(const Yard__Catalog *message)
{
    for (size_t i = 0; i < message->n_scenario; i++)
        if (message->scenario[i]->id == NULL)
            return false;
    return true;
}

/* Sorts the scenarios and fills by_id. */
static bool index_scenarios(catalog_t *catalog, const char *path, GError **error)
{
    Yard__Catalog *message = catalog->message;
    if (!all_have_ids(message))
        return fail(error, EXIT_INFRASTRUCTURE,
                    "%s: a scenario without an id; run 'make clean all'", path);
    catalog_sort(catalog);
    for (size_t i = 0; i < message->n_scenario; i++) {
        Yard__Scenario *scenario = message->scenario[i];
        if (!g_hash_table_insert(catalog->by_id, scenario->id, scenario))
            return fail(error, EXIT_USAGE, "%s: two scenarios have the id %s; rename one folder",
                        path, scenario->id);
    }
    return true;
}

catalog_t *catalog_read(const struct root *root, GError **error)
{
    g_autofree char *path = g_build_filename(root->build, "catalog.pb", NULL);
    g_autoptr(GError) cause = NULL;
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, false, &cause);
    if (file == NULL) {
        fail(error, EXIT_INFRASTRUCTURE, "no catalogue: %s; run make", cause->message);
        return NULL;
    }
    g_autoptr(catalog_t) catalog = g_new0(catalog_t, 1);
    catalog->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    catalog->homes = g_ptr_array_new_with_free_func(root_free);
    g_ptr_array_add(catalog->homes, root_copy(root));
    catalog->home_of = g_hash_table_new(g_str_hash, g_str_equal);
    catalog->message = yard__catalog__unpack(NULL, g_mapped_file_get_length(file),
                                             (guint8 *)g_mapped_file_get_contents(file));
    if (catalog->message == NULL) {
        fail(error, EXIT_INFRASTRUCTURE, "%s: damaged; run 'make clean all'", path);
        return NULL;
    }
    return index_scenarios(catalog, path, error) ? g_steal_pointer(&catalog) : NULL;
}

void catalog_free(catalog_t *catalog)
{
    if (catalog == NULL)
        return;
    g_clear_pointer(&catalog->by_id, g_hash_table_unref);
    g_clear_pointer(&catalog->home_of, g_hash_table_unref);
    g_clear_pointer(&catalog->homes, g_ptr_array_unref);
    if (catalog->message != NULL)
        yard__catalog__free_unpacked(catalog->message, NULL);
    g_free(catalog);
}

const Yard__Scenario *catalog_scenario(const catalog_t *catalog, const char *id)
{
    return g_hash_table_lookup(catalog->by_id, id);
}

const Yard__Flavour *catalog_flavour(const catalog_t *catalog, const char *name)
{
    for (size_t i = 0; i < catalog->message->n_flavour; i++) {
        const Yard__Flavour *flavour = catalog->message->flavour[i];
        if (g_strcmp0(flavour->name, name) == 0)
            return flavour;
    }
    return NULL;
}

char *scenario_class(const Yard__Scenario *scenario)
{
    return g_strndup(scenario->id, strcspn(scenario->id, "/"));
}

gsize scenario_variants(const Yard__Scenario *scenario, Yard__Variant variants[2])
{
    if (g_str_has_prefix(scenario->id, "trap/")) {
        variants[0] = YARD__VARIANT__CLEAN;
        return 1;
    }
    variants[0] = YARD__VARIANT__LEAKY;
    variants[1] = YARD__VARIANT__FIXED;
    return 2;
}
