/*
 * Does a series of measurements, one at each checkpoint, grow steadily? Without
 * any assumption on its distribution.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Median of the slopes between all pairs of values, per step (P. K. Sen, "Estimates
 * of the regression coefficient based on Kendall's tau", 1968). COUNT >= 2. */
double growth_slope(const double *values, guint count);

/* Mann and Kendall's test for a monotone trend: the normal deviate z of S, with
 * continuity correction and the variance corrected for ties (H. B. Mann,
 * "Nonparametric tests against trend", 1945; M. G. Kendall, "Rank Correlation
 * Methods", 4th edition, 1975). Positive: upward. 0 if all are equal. */
double growth_deviate(const double *values, guint count);

/* For counts of units. True if they never fall, rise by enough to tell, and keep
 * to a straight line. */
bool growth_of_count(const gint64 *counts, guint count);

/* For sizes in KiB, which jitter. */
struct trend {
    double slope;   /* KiB a step */
    double late;    /* the same over the second half */
    double deviate; /* z of the test against no growth */
    double excess;  /* z of the test against the least growth that counts */
    bool floor;     /* the low-water mark rises too */
    bool grows;     /* the verdict of all of them */
};

/* COUNT >= TREND_SAMPLES. */
#define TREND_SAMPLES 8
struct trend growth_of_size(const double *values, guint count);
