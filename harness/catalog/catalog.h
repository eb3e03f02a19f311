/*
 * The catalogue: every manifest, compiled by the build into one message.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"
#include "support/root.h"

typedef struct catalog {
    Yard__Catalog *message; /* scenarios sorted by id */
    GHashTable *by_id;      /* id → Yard__Scenario * */
    GPtrArray *homes;       /* struct root *: ours, then one for each overlay */
    GHashTable *home_of;    /* id → its home, for scenarios of overlays */
} catalog_t;

/* Reads root->build/catalog.pb. Free with catalog_free; what it hands out lives
 * as long as it does. */
catalog_t *catalog_read(const struct root *root, GError **error);
void catalog_free(catalog_t *catalog);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(catalog_t, catalog_free)

/* Sorts message->scenario by id again. */
void catalog_sort(catalog_t *catalog);

const Yard__Scenario *catalog_scenario(const catalog_t *catalog, const char *id);
const Yard__Flavour *catalog_flavour(const catalog_t *catalog, const char *name);

/* Where a scenario's sources and programs are. */
const struct root *catalog_home(const catalog_t *catalog, const Yard__Scenario *scenario);

/* Lays the catalogue in over->build over CATALOG: same ids are replaced. */
bool catalog_overlay(catalog_t *catalog, const struct root *over, GError **error);

/* Adds a flavour, which it takes over. */
void catalog_add_flavour(catalog_t *catalog, Yard__Flavour *flavour);

/* The leak classes, in the order of the design; the last one's name is NULL. */
struct leak_class {
    const char *name, *summary;
};
extern const struct leak_class leak_classes[];
/* Names of all of them (const char *). Free with g_ptr_array_unref. */
GPtrArray *leak_class_names(void);

/* "heap" of "heap/error-path"; free with g_free. */
char *scenario_class(const Yard__Scenario *scenario);

/* LEAKY and FIXED, or CLEAN for a trap. Returns how many. */
gsize scenario_variants(const Yard__Scenario *scenario, Yard__Variant variants[2]);
