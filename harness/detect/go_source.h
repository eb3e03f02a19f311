/*
 * What the detectors that read the source of a Go program have in common: where the tools
 * are that the build made (detect/tools/go.mod pins their versions), and the settings under
 * which they find all packages on this machine and what they computed before.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "detect/parse/source_rule.h"
#include "schema/detector.h"

/* For `probe`: finds the label's executable, or the TOOL of the build, and sets
 * label->version to that of the module it was built from, such as "v0.8.2". */
bool go_source_probe(struct label *label, const char *tool, GError **error);

/* The path of it. NULL and ERROR if it can't be had. Free with g_free. */
char *go_source_tool(const struct label *label, const char *tool, GError **error);

/* For `command`: nothing comes from the network, and what Go compiled is kept for all runs. */
bool go_source_settings(struct launch *launch, GError **error);

/* … has VARIABLE name a folder NAME beside it, which outlives the run too. */
bool go_source_cache(struct launch *launch, const char *variable, const char *name, GError **error);

/* … appends the label's arguments and, as Go names it, the package of SUBJECT. */
void go_source_add_package(const struct label *label, const struct subject *subject,
                           struct launch *launch);

/* … `go vet` in GO (a path, or NULL for the one on the PATH), with another tool's analyses
 * (VETTOOL, or NULL) in the place of its own. */
bool go_source_vet(const struct label *label, const struct subject *subject, const char *go,
                   const char *vettool, struct launch *launch, GError **error);

/* For `findings`: what it printed. */
bool go_source_vetted(const struct subject *subject, const struct source_rule *rules,
                      GPtrArray *findings, GError **error);
