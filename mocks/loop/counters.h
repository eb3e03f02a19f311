/*
 * What a mock did, by name: truth that tests are held against.
 */
#pragma once

#include <glib.h>
#include <stdio.h>

typedef struct counters counters_t;

/* NAMES, ended by NULL, are there from the start, at 0. Free with counters_free. */
counters_t *counters_new(const char *const *names);
void counters_free(counters_t *counters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(counters_t, counters_free)

void counters_add(counters_t *counters, const char *name, gint64 more);
gint64 counters_get(const counters_t *counters, const char *name);

/* Adds all of MORE. */
void counters_sum(counters_t *counters, const counters_t *more);

/* In the order of their names. */
void counters_each(const counters_t *counters,
                   void (*visit)(const char *name, gint64 value, void *context), void *context);

/* One `name value` a line. */
void counters_print(const counters_t *counters, FILE *file);
