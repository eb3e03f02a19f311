/*
 * What a detector adds to a launch: words before the program, and variables. A
 * variable arrives with the value the program would get (under doctor that is
 * the caller's own), and what a detector adds goes behind it.
 */
#pragma once

#include "schema/detector.h"

/* Puts WORDS before the command line; both arrays of words are copied. */
void launch_prefix(struct launch *launch, const char *const *words, GStrv more);

/* The value of NAME, or NULL. Part of LAUNCH. */
const char *launch_variable(const struct launch *launch, const char *name);

/* Appends VALUE to NAME's value, SEPARATOR between them if there was one. */
void launch_append_variable(struct launch *launch, const char *name, char separator,
                            const char *value);

/* The last setting of NAME in OPTIONS, a sanitizer's `name=value:name=value`, or
 * NULL. OPTIONS may be NULL. Free with g_free. */
char *options_last(const char *options, const char *name);
