/* Weighs what is in a folder. */
#pragma once

#include <dirent.h>

/* Names that begin with "stat"; caller frees each, and the list. */
int folder_scan(const char *path, struct dirent ***names);
long folder_weight(const struct dirent *name);

long folder_total(const char *path);
