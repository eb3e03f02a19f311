/* A script that the administrator may hang on uploads. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

pid_t hook_start(long size);

/* Did it end well, which means that this upload may stay? Its end is only looked at, so
 * that whoever started it can still account for the time it took. */
bool hook_accepts(pid_t hook);

/* Returns the bytes that were kept. */
long upload(long size);
