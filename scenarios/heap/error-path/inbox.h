/* What the meters sent today. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

extern const char *const inbox[];
extern const size_t inbox_length;

bool inbox_knows_meter(const char *meter);
