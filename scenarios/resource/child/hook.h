/* A script that the administrator may hang on uploads. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

pid_t hook_start(long size);

/* Waits for its answer: may this upload stay? */
bool hook_answered(long size);

/* Returns the bytes that were kept. */
long upload(long size);
