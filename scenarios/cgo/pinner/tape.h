/* A tape that is written to when it spins: what is put on it is gathered first. */
#pragma once

#include <stddef.h>

enum { TAPE_BLOCKS = 8 };

/* Keeps BLOCK, which stays the caller's, until tape_write. Returns 0, or -1 if
 * TAPE_BLOCKS of them wait. */
int tape_put(const void *block, size_t length);

/* Writes what was put, and forgets it. Returns a checksum. */
long tape_write(void);
