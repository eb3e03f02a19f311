/*
 * A scenario in words and in JSON, for the verbs that show scenarios.
 */
#pragma once

#include <glib.h>
#include <jansson.h>

#include "catalog/catalog.h"
#include "catalog/site.h"

/* {"id", "class", "language", "resource", "kind", "units_per_round",
 *  "bytes_per_unit", "rounds", "bound", "ends", "tags", "title", "sources"}, in the
 * words of schema/words.h; numbers that the manifest leaves out are 0. */
json_t *scenario_json(const Yard__Scenario *scenario);

/* SITE's file in the source tree: "leaky.c" for "variant.c". Free with g_free. */
char *site_source(const struct site *site, Yard__Variant variant);

/* The scenario's folder in HOME (catalog_home). Free with g_free. */
char *scenario_folder(const struct root *home, const Yard__Scenario *scenario);

/* An array of COUNT strings. */
json_t *strings_json(char *const *strings, size_t count);
