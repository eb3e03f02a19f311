/*
 * The sources of a scenario for a detector that reads them: a private copy of what the
 * build staged, under a path that doesn't tell the variant.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "catalog/catalog.h"

/* Where VARIANT of SCENARIO is staged with the others of its class: the module, in Go. Free
 * with g_free. */
char *sources_stage(const catalog_t *catalog, const Yard__Scenario *scenario,
                    Yard__Variant variant);

/* Copies them to MODULE, which is not there yet: go.mod and go.sum if they are in Go, the
 * kit, and a folder with the scenario's own name. The latter, of whose path *FOLDER gets a
 * copy, holds nothing but its files. */
bool sources_place(const catalog_t *catalog, const Yard__Scenario *scenario, Yard__Variant variant,
                   const char *module, char **folder, GError **error);
