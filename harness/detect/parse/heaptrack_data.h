/*
 * Reads what heaptrack recorded of a program, as heaptrack_interpret writes it: a line
 * for each string, instruction, stack, kind of allocation, allocation and release.
 * File version 3; src/track/ and src/interpret/ of heaptrack 1.4 are its description.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Appends a finding (Yard__Finding *) for each stack that allocated blocks which were
 * not released. Refuses data that is damaged; what was appended until then stays in
 * FINDINGS. */
bool heaptrack_data_parse(const char *text, gsize length, GPtrArray *findings, GError **error);
