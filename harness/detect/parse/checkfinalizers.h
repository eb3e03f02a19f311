/*
 * Reads the report that the Go runtime ends a program with under
 * GODEBUG=checkfinalizers=1: objects that their own finalizer or cleanup keeps.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define CHECKFINALIZERS_CAP 50 /* it names no more of them */

/* Appends a finding (Yard__Finding *) for each object that TEXT names after what the
 * program wrote before. Its only frame is where the
 * finalizer was set: stacks are not kept. Refuses a report that was cut short; what was
 * appended until then stays in FINDINGS. */
bool checkfinalizers_parse(const char *text, gsize length, GPtrArray *findings, GError **error);
