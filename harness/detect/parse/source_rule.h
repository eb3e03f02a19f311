/*
 * What tools that read sources have in common: rules, by name. Few of a tool's rules are
 * about leaks, and each adapter lists those; whatever else the tool says is left out.
 */
#pragma once

#include <glib.h>

struct source_rule {
    const char *name;    /* as the tool spells it; NULL ends a list */
    const char *meaning; /* what leaks where it is broken */
};

/* An array that owns its findings, for those of a report that may turn out to be wrong. */
GPtrArray *source_findings_new(void);

/* What the tool says by a rule called RULE, in WORDS of its own, at LINE of FILE: appends a
 * finding (Yard__Finding *) to FINDINGS if the rule is among RULES. */
void source_rule_take(const struct source_rule *rules, const char *rule, const char *words,
                      const char *file, guint line, GPtrArray *findings);
