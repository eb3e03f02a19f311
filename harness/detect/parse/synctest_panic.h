/*
 * Reads the panic by which a Go program ends if a bubble of testing/synctest is left
 * with goroutines that wait for each other: its text, the stack that panics, then the
 * bubble's goroutines.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Appends a finding (Yard__Finding *) for each stack of a bubble's goroutines; its
 * outermost frame is where they were created. TEXT may begin with what the program wrote
 * before. Refuses one that is damaged or cut short; what was appended until then stays in
 * FINDINGS. Nothing marks the list's end: that it was not cut between two goroutines is
 * known from the exit code, which the runtime gives when all is written. */
bool synctest_panic_parse(const char *text, gsize length, GPtrArray *findings, GError **error);
