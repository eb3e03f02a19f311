/*
 * What a passive detector noted at each checkpoint: a CSV file in the run's folder,
 * a row for each. Its first columns are checkpoint, checkpoints (the last one's
 * number) and rounds; the detector's own follow.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "schema/observation.h"

/* Appends a row of as many VALUES as COLUMNS (ended by NULL) has names. Checkpoint
 * 0 begins the file. */
bool samples_append(const char *path, const char *const *columns, const gint64 *values,
                    const struct moment *moment, GError **error);

struct samples {
    guint count;    /* rows */
    guint width;    /* values in each */
    gint64 *values; /* row by row */
};

/* Refuses a file that is damaged, or lacks the row of any checkpoint. */
bool samples_read(struct samples *samples, const char *path, const char *const *columns,
                  GError **error);
void samples_clear(struct samples *samples);
