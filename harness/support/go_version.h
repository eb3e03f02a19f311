#pragma once

/* Compares Go versions such as "go1.26.8", "1.23" and "devel go1.28-1a2b3c": below, equal,
 * above 0. */
int go_version_compare(const char *first, const char *second);
