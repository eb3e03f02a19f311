/* Packs bytes as runs: a count and a value for each. */
#pragma once

#include <stddef.h>

/* Writes what FROM packs to into TO. Returns its length, or -1 if it does not fit. */
long runs_pack(unsigned char *to, size_t room, const unsigned char *from, size_t length);
