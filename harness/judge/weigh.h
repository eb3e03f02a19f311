/*
 * What the findings of a run amount to: which of them count, and how many units
 * they add up to. Internal to the judge.
 */
#pragma once

#include <glib.h>

#include "judge/verdict.h"
#include "leakyard.pb-c.h"

/* Sums saturate. Units of a finding that has none count as one. */
struct sum {
    guint findings;
    gint64 lost;                            /* units leaked or suspected */
    gint64 held[YARD__RESOURCE__TIMER + 1]; /* units outstanding, by resource: TIMER is the last */
    bool uncounted;   /* some say that there is a leak, or growth, and not how much */
    bool since_start; /* some are counted from the program's start */
};

struct weight {
    struct sum placed;   /* in the scenario; from a detector that places nothing, all */
    struct sum unplaced; /* of the right resource */
    guint elsewhere;
    const Yard__Finding *chief;   /* the best located of those that count, then the largest */
    const Yard__Finding *symptom; /* in a leaky scenario, under another resource; or NULL */
};

/* Weighs RESULT's placed findings and writes each one's rule. What counts depends
 * on the variant: any loss is an alarm in a sound one. */
void weigh(const struct evidence *evidence, Yard__Result *result, struct weight *weight);

/* Both sums together. */
struct sum weight_total(const struct weight *weight);

/* Units in SUM that stand for those of RESOURCE. */
gint64 sum_units(const struct sum *sum, Yard__Resource resource);
