/*
 * For tools that list stacks from outside: what is there at the last checkpoint and was
 * not at the first, stack by stack. Each list is what the tool printed when `observe` had
 * it run; such a detector looks at the ends only.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "detect/parse/stack.h"

/* Reads one list into STACKS. */
typedef bool (*stacks_parser)(const char *text, gsize length, struct stacks *stacks,
                              GError **error);

/* For `findings`: appends what grew, with "N WHAT more" as its text. */
bool grown_stacks(const char *directory, stacks_parser parse, const char *what, GPtrArray *findings,
                  GError **error);
