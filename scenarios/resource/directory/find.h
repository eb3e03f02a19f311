/* Looks for names in folders. */
#pragma once

#include <dirent.h>

DIR *folder_open(const char *path);
void folder_close(DIR *folder);

/* 1 if there is NAME in PATH, else 0. */
long folder_has(const char *path, const char *name);
