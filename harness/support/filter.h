/*
 * Runs a small, trusted tool (such as diff) over a text in memory.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Runs ARGV with INPUT on its standard input and waits for it. OUTPUT is
 * freed with g_bytes_unref; COMPLAINTS, its standard error, with g_free. Fails if it could not be
 * run or was ended by a signal; any exit code is the caller's to judge. */
bool filter_run(char *const *argv, const char *input, gsize length, GBytes **output,
                char **complaints, int *exit_code, GError **error);
