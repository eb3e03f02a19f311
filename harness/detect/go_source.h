/*
 * What the detectors that read the source of a Go program have in common: the settings under
 * which they find all packages on this machine and what they computed before.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "detect/parse/source_rule.h"
#include "schema/detector.h"

/* For `command`: nothing comes from the network, and what Go compiled is kept for all runs. */
bool go_source_settings(struct launch *launch, GError **error);

/* … has VARIABLE name a folder NAME beside it, which outlives the run too. */
bool go_source_cache(struct launch *launch, const char *variable, const char *name, GError **error);

/* … appends the label's arguments and, as Go names it, the package of SUBJECT. */
void go_source_add_package(const struct label *label, const struct subject *subject,
                           struct launch *launch);

/* … `go vet` in GO (a path, or NULL for the one on the PATH), with these ANALYSES: -NAME is
 * one of its own, -vettool=PATH those of another tool. */
bool go_source_vet(const struct label *label, const struct subject *subject, const char *go,
                   const char *analyses, struct launch *launch, GError **error);

/* … with those of the TOOL that the build made. */
bool go_source_vet_by(const struct label *label, const struct subject *subject, const char *tool,
                      struct launch *launch, GError **error);

/* For `findings`: what it printed. */
bool go_source_vetted(const struct subject *subject, const struct source_rule *rules,
                      GPtrArray *findings, GError **error);
