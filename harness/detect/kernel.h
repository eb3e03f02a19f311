/*
 * What the detectors that only read /proc have in common: at each checkpoint they
 * note some of the program's kernel facts, a row of facts.csv in their folder.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "detect/parse/samples.h"
#include "schema/detector.h"
#include "support/procfs.h"

/* One of the facts; lists of them end with a name of NULL. */
struct fact {
    const char *name; /* of its column */
    gsize offset;     /* in struct process_facts, of a guint64 */
};
#define FACT(field) offsetof(struct process_facts, field)

/* For `probe`. The version is that of the rule in parse/growth.c. */
bool kernel_probe(struct label *label, GError **error);

/* For `observe`: appends the row. */
bool kernel_note(const struct moment *moment, const struct fact *facts, GError **error);

/* For `findings`: all rows. Clear with samples_clear, also after an error. */
bool kernel_read(const struct subject *subject, const struct fact *facts, struct samples *samples,
                 GError **error);
