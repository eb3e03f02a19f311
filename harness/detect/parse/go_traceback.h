/*
 * Reads what a Go program prints when SIGQUIT ends it: the stacks of all its
 * goroutines, then the registers. `go doc runtime` tells of it under "Signals".
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Appends a finding (Yard__Finding *) for each stack, main's and the scheduler's own
 * apart; TEXT may begin with what the program wrote before. Refuses one that was cut
 * short; what was appended until then stays in FINDINGS. */
bool go_traceback_parse(const char *text, gsize length, GPtrArray *findings, GError **error);
