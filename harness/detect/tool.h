/*
 * Finding the executable that a detector runs, and asking what it is.
 */
#pragma once

#include "schema/detector.h"

/* Absolute path of the label's executable, or of USUAL on the PATH. On failure the
 * error names PACKAGE, which has it. Free with g_free. */
char *tool_find(const struct label *label, const char *usual, const char *package, GError **error);

/* For `diagnose`: if the address space is limited, says so and why it hurts (NEED, such
 * as "valgrind needs many times the program's"), or NULL. Free with g_free. */
char *tool_cramped(const char *need);

/* Runs PATH with one ARGUMENT; the first line it prints, stripped. Who asks the same again
 * gets the same answer. Free with g_free. */
char *tool_ask(const char *path, const char *argument, GError **error);
