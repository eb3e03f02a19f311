/*
 * Finding the executable that a detector runs, and asking what it is.
 */
#pragma once

#include "schema/detector.h"

/* Absolute path of the label's executable, or of USUAL on the PATH. On failure the
 * error names PACKAGE, which has it. Free with g_free. */
char *tool_find(const struct label *label, const char *usual, const char *package, GError **error);

/* Runs PATH with one ARGUMENT; the first line it prints, stripped. Free with g_free. */
char *tool_ask(const char *path, const char *argument, GError **error);
