/*
 * The house's words for the schema's numbers, and back. Verdicts, kinds, claims
 * and standings are written as in the schema (FALSE_ALARM); languages,
 * resources and variants in lower case with hyphens (go-object).
 *
 * Every string returned lives as long as the program.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"

/* The schema's own spelling of VALUE, such as "FALSE_ALARM"; "?" for an unknown number. */
const char *word_of(const ProtobufCEnumDescriptor *words, int value);

/* The same in lower case, hyphens for underscores: "heap-block". */
const char *word_lower(const ProtobufCEnumDescriptor *words, int value);

/* Finds TEXT in either spelling. Returns false and sets ERROR, listing the words there are. */
bool word_parse(const ProtobufCEnumDescriptor *words, const char *text, int *value, GError **error);
