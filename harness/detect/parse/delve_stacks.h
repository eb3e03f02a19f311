/*
 * Reads the stacks of a program's goroutines as delve prints them: its command
 * `goroutines -t DEPTH`, on a terminal without colours.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "detect/parse/stack.h"

/* Counts all goroutines but main's in STACKS. Refuses a list that was cut short; what was
 * counted until then stays. */
bool delve_stacks_parse(const char *text, gsize length, struct stacks *stacks, GError **error);
