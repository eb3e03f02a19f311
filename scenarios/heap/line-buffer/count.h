/* Counts lines. */
#pragma once

/* -1 if there is no such file. */
long count_lines(const char *path);
