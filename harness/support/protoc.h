/*
 * Compiling textproto with protoc.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Encodes TEXT as MESSAGE ("yard.Scenario") of SCHEMA_FOLDER/leakyard.proto. Returns
 * false and sets ERROR only if protoc could not be run. A text that it refuses
 * leaves *ENCODED NULL and *COMPLAINT "LINE:COLUMN: what is wrong" (the first thing;
 * protoc stops there), else *COMPLAINT is NULL. Free with g_bytes_unref, g_free. */
bool protoc_encode(const char *schema_folder, const char *message, const char *text, gsize length,
                   GBytes **encoded, char **complaint, GError **error);
