/*
 * The environment of a launch: an array of char *, NAME=VALUE, that owns its
 * strings (launch->environment).
 */
#pragma once

#include <glib.h>

/* The value of NAME, or NULL; the array's own. */
const char *environment_get(const GPtrArray *environment, const char *name);

/* Gives NAME this VALUE, in place of one that it has. */
void environment_set(GPtrArray *environment, const char *name, const char *value);

/* Adds VALUE to what NAME has, after SEPARATOR: GODEBUG=a=1 becomes a=1,b=1. */
void environment_add(GPtrArray *environment, const char *name, const char *separator,
                     const char *value);
