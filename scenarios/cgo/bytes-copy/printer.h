/* A label printer. It draws from a buffer of its own. */
#pragma once

#include <stddef.h>

/* Copies BITMAP, which stays the caller's, and prints it. Returns how many dots
 * are black, or -1 if the bitmap is larger than a label. */
long printer_print(const void *bitmap, size_t length);
