/*
 * Reads the stacks of a process's threads as eu-stack prints them, with --inlines,
 * --module and --source.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "detect/parse/stack.h"

/* Counts all threads but the first in STACKS. Refuses a list that was cut short; what was
 * counted until then stays. */
bool thread_stacks_parse(const char *text, gsize length, struct stacks *stacks, GError **error);
