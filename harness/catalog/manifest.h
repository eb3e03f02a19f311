/*
 * A manifest: scenario.txtpb, compiled with protoc and checked. Used by the
 * build (`leakyard manifest`); everything else reads the compiled catalogue.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"
#include "schema/text_place.h"

/* Compiles the manifest at PATH for the scenario ID, and checks it. The error
 * begins "PATH:LINE:COLUMN: ". SCHEMA is the folder of leakyard.proto. Free with
 * yard__scenario__free_unpacked. */
Yard__Scenario *manifest_compile(const char *path, const char *id, const char *schema,
                                 GError **error);

/* What can be wrong though every word is known: units of 0 in a leaky scenario,
 * a trap with a leaky variant's fields, rounds not a multiple of 10, … Names the
 * field in *PLACE, whose strings belong to the schema or the scenario. */
bool manifest_check(const Yard__Scenario *scenario, struct text_place *place, GError **error);

/* Has FOLDER what such a scenario needs: its sources, its notes, its markers? */
bool folder_check(const Yard__Scenario *scenario, const char *folder, GError **error);

/* Writes SCENARIO as a catalogue of one: catalogues concatenate. */
bool manifest_write(const Yard__Scenario *scenario, const char *path, GError **error);
