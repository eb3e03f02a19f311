/* Settings, from the first file that has any. */
#pragma once

/* Returns 1, or -1 if there is no such file, -2 if it has no settings. */
long settings_load(const char *path);
