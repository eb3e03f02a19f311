/*
 * Reads what the kit's agent "runtime-metrics" writes: a line for each metric of Go's
 * runtime, its name and its value.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Appends the values (gint64) of the metrics NAMES (ended by NULL), which must be
 * those of TEXT, in this order. Anything else is refused; what was appended until
 * then stays in VALUES. */
bool runtime_metrics_parse(const char *text, gsize length, const char *const *names, GArray *values,
                           GError **error);
