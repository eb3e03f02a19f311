/*
 * What a plug-in is told and what it answers, in JSON (detect/plugin.h has the
 * fields). Answers are read strictly: a doubtful one is an error that says where
 * and why, never a guess.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "schema/detector.h"

/* What a plug-in can be asked, but for `probe`. */
enum {
    VERB_COMMAND = 1,
    VERB_OBSERVE = 2,
    VERB_FINDINGS = 4,
};

/* What a plug-in says of itself. Owns its strings, also those of `claims`. */
struct plugin_probe {
    struct detector claims; /* all but the callbacks */
    unsigned verbs;
    char *version; /* "" if it is not usable */
    char *reason;  /* why it is not usable, or NULL */
};

bool plugin_read_probe(const char *text, struct plugin_probe *probe, GError **error);
void plugin_probe_clear(struct plugin_probe *probe);

/* Changes LAUNCH as the answer to `command` says. */
bool plugin_read_command(const char *text, struct launch *launch, GError **error);

/* Appends to FINDINGS (Yard__Finding *), or nothing if the answer is wrong
 * anywhere. By the plug-in's CLAIMS each finding must have its units, if it counts, and its
 * resource, unless it looks at the source. */
bool plugin_read_findings(const char *text, const struct detector *claims, GPtrArray *findings,
                          GError **error);

/* What is written to its standard input. Free with g_free; NULL and ERROR if a
 * path is not UTF-8. */
char *plugin_command_input(const struct subject *subject, GError **error);
char *plugin_observe_input(const struct moment *moment, GError **error);
char *plugin_findings_input(const struct subject *subject, const struct ending *ending,
                            GError **error);
