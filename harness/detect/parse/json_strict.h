/*
 * Reading JSON from others, strictly: what is wrong is said with its place, such
 * as "findings[2].units: -3 is negative".
 *
 * WHERE is the place of OBJECT, with a closing dot: "findings[2].", or "" for the
 * whole text. A field that is absent (or null) leaves *VALUE as it is, unless it
 * is REQUIRED. Values belong to OBJECT.
 */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

enum presence {
    OPTIONAL,
    REQUIRED,
};

/* One object and nothing after it. Free with json_decref. */
json_t *json_object_parse(const char *text, GError **error);

/* The same of what a tool printed: LENGTH bytes that end with a line feed, so that a text
 * cut short is told from a whole one. */
json_t *json_printed_parse(const char *text, gsize length, GError **error);

/* Is VALUE, at PLACE ("findings[2]"), an object with no other fields than NAMES
 * (which ends with NULL)? */
bool json_object_check(const json_t *value, const char *place, const char *const *names,
                       GError **error);

bool json_string_field(const json_t *object, const char *where, const char *name,
                       enum presence presence, const char **value, GError **error);
bool json_boolean_field(const json_t *object, const char *where, const char *name,
                        enum presence presence, bool *value, GError **error);
/* From 0 to MAXIMUM. */
bool json_count_field(const json_t *object, const char *where, const char *name,
                      enum presence presence, gint64 maximum, gint64 *value, GError **error);
bool json_array_field(const json_t *object, const char *where, const char *name,
                      enum presence presence, const json_t **value, GError **error);
/* An array of strings that are not empty. Free *VALUE with g_ptr_array_unref. */
bool json_strings_field(const json_t *object, const char *where, const char *name,
                        enum presence presence, GPtrArray **value, GError **error);
/* One of the schema's WORDS. */
bool json_word_field(const json_t *object, const char *where, const char *name,
                     enum presence presence, const ProtobufCEnumDescriptor *words, int *value,
                     GError **error);
