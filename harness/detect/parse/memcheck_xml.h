/*
 * Reads what `valgrind --tool=memcheck --xml=yes` wrote. Of its errors only the
 * leak records count; invalid reads and the like are none of our business.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Appends a finding (Yard__Finding *) for each leak record. Refuses a file that
 * is cut short or damaged, or tells of a program other than PROGRAM (a path);
 * what was appended until then stays in FINDINGS. */
bool memcheck_xml_read(const char *path, const char *program, GPtrArray *findings, GError **error);
