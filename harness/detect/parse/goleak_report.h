/*
 * Reads what uber-go/goleak's Find says of goroutines that it did not expect: the
 * text of its error, or in its place NO_UNEXPECTED_GOROUTINES, as the kit's agent
 * writes it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define NO_UNEXPECTED_GOROUTINES "no unexpected goroutines\n"

/* Appends a finding (Yard__Finding *) for each stack; its units are goroutines. Its
 * outermost frame is where they were created. Refuses a report that is cut short or
 * damaged; what was appended until then stays in FINDINGS. */
bool goleak_report_parse(const char *text, gsize length, GPtrArray *findings, GError **error);
