/*
 * What the detectors that measure at each checkpoint have in common: findings of
 * what grows steadily, by the rules of parse/growth.h.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "detect/parse/samples.h"
#include "leakyard.pb-c.h"

/* A column of samples, and what it measures. */
struct column {
    guint index;
    const char *name; /* for the finding's text */
    Yard__Resource resource;
};

/* Counts of units: appends a finding (Yard__Finding *) if they grow. */
void grown_count(const struct samples *samples, const struct column *column, GPtrArray *findings);

/* Sizes, in multiples of KIB kibibytes: *FINDING is what they grew by, without units, or
 * NULL if they don't. False if there are too few to tell. */
bool grown_size(const struct samples *samples, const struct column *column, double kib,
                Yard__Finding **finding, GError **error);
