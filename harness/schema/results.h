/*
 * A results file: one Yard__Record after another, each framed as a one-record
 * Yard__Results and appended with a single write. So the file is at any moment
 * one valid message plus at most one cut tail, and files concatenate.
 *
 * Errors are GErrors in the domain of support/failure.h.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"

/* Opens PATH for appending; TRUNCATE starts it anew. A cut tail left by a killed
 * run is removed first. Returns the descriptor, or -1. */
int results_open(const char *path, bool truncate, GError **error);

/* Appends one record with one write. */
bool results_append(int descriptor, const Yard__Record *record, GError **error);

/* A whole file, or several one after the other. `records` holds Yard__Record *,
 * in the order they were written. */
typedef struct results results_t;
struct results {
    GPtrArray *records;
    guint cut_tails; /* records that were not finished and are left out */
};

/* Free with results_free. Refuses a file that is no results file. */
struct results *results_read(char *const *paths, gsize count, GError **error);
void results_free(struct results *results);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(results_t, results_free)
