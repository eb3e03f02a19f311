/*
 * SARIF 2.1.0, the report that many tools write that read sources: one run of one tool, and
 * its results, each by a rule at a place.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "detect/parse/source_rule.h"

/* Appends a finding for each result of a rule among RULES that nothing in the source
 * suppresses, or nothing if the text is wrong anywhere: if it is the report of another tool
 * than TOOL, or of a run that failed. A result of rule FAILURE says that it did. */
bool sarif_parse(const char *text, gsize length, const char *tool, const char *failure,
                 const struct source_rule *rules, GPtrArray *findings, GError **error);
