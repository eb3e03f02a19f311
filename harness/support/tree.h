/*
 * Whole folders.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Removes PATH and all below it, following no symbolic link. A PATH that is not
 * there is fine. */
bool tree_remove(const char *path, GError **error);

/* Moves a folder to TARGET, replacing what is there; makes the folders above it. */
bool tree_move(const char *path, const char *target, GError **error);

/* Copies a folder to TARGET, which is not there yet: its files' contents, and the folders
 * below it. Makes the folders above. */
bool tree_copy(const char *path, const char *target, GError **error);

/* SHA-256 over the names and contents of all files below PATH, in a fixed order.
 * Free with g_free. */
char *tree_hash(const char *path, GError **error);
