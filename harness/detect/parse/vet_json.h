/*
 * What `go vet -json` prints, of its own analyses or another tool's (-vettool): an object
 * for the package, {PACKAGE: {ANALYSIS: [{"posn", "message"}]}}, and {} if all is well.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "detect/parse/source_rule.h"

/* Appends a finding for each diagnostic of an analysis among RULES, or nothing if the text
 * is wrong anywhere. An analysis that failed is an error too. */
bool vet_json_parse(const char *text, gsize length, const struct source_rule *rules,
                    GPtrArray *findings, GError **error);
