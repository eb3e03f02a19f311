/*
 * The scorecard: per detector and flavour, by class and over all of them.
 *
 * Score = TPR − FPR (Youden's J), averaged over classes: the mean TPR of classes
 * with leaky variants less the mean FPR of classes with sound ones. Its interval is
 * Newcombe's for the difference of two proportions (Statistics in Medicine 17,
 * 1998, method 10), carried over to the means. ERROR and TIMEOUT count as missed;
 * UNSUPPORTED counts nowhere; a leak out of reach is no hit either. Taken twice:
 * over what the detector claims, and over all of its language.
 *
 * Rates are over cells, a variant of a scenario each, and a cell that was run several
 * times has the share of its runs: what a tool says of one program says nothing new
 * when it is asked again, and an interval that --repeat narrows would promise of
 * other programs what only more scenarios can show. The tallies count every run.
 */
#pragma once

#include <glib.h>

#include "leakyard.pb-c.h"

/* Verdicts; a cell counts once for each of its runs. */
struct tally {
    guint leaky; /* found + missed + out_of_reach; errors are missed */
    guint found, missed, out_of_reach;
    guint sound; /* fixed and clean variants: clean + false_alarms + errors */
    guint clean, false_alarms;
    guint errors;           /* ERROR and TIMEOUT, of any variant */
    guint located, counted; /* of found: function or better; units or blocks exact */
    gint64 noise;
    guint leaky_cells, sound_cells;
    double hits, alarms;     /* sums of the cells' shares */
    double score, low, high; /* interval at 95 % */
};

struct class_score {
    char *class_name;
    struct tally claimed, all;
};

struct score {
    char *detector, *flavour, *version;
    GPtrArray *classes;        /* of struct class_score *, by name */
    struct tally claimed, all; /* sums; score averaged over classes */
    /* Medians of the verdicts' ratios, each over a bare run of the same build: neither
     * census nor detector. 0: never measured alone. */
    double wall_ratio, memory_ratio;
};

/* RESULTS: Yard__Result *. Returns struct score *, by detector and flavour; free
 * with g_ptr_array_unref. */
GPtrArray *score_results(const GPtrArray *results);
