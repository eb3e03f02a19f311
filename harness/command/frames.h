/* The stack of a finding, as `why` and `judge` print it. */
#pragma once

#include <stddef.h>

#include "leakyard.pb-c.h"

/* To standard output: the MOST innermost frames, one a line, each after INDENT. */
void frames_print(const Yard__Finding *finding, const char *indent, size_t most);
