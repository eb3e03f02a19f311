/* Folders as a whole. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Removes PATH and all below it; follows no link and leaves no file system.
 * What is gone already is no error. */
bool tree_remove(const char *path, GError **error);
