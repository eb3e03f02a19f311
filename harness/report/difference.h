/*
 * What changed between two sets of results: verdicts (all repetitions of a cell
 * together), places and counts, and what only one of them holds.
 */
#pragma once

#include "report/report.h"

/* One thing that changed. */
struct difference {
    const char *scenario; /* of the results compared, as are variant and flavour */
    const char *variant;
    const char *flavour;
    const char *detector; /* "census" for a proof */
    const char *what;     /* "verdict", "located", "counted", "proof" */
    char *before, *after;
};

struct comparison {
    GPtrArray *changed;  /* of struct difference *, in the order of the cells */
    GPtrArray *only_old; /* of char *: scenarios, detectors, cells that are gone */
    GPtrArray *only_new; /* … that are new */
    guint compared;      /* cells that both hold */
};

/* OLD and NEW must outlive it. */
void comparison_init(struct comparison *comparison, const struct report_input *old,
                     const struct report_input *new);
void comparison_clear(struct comparison *comparison);
bool comparison_is_empty(const struct comparison *comparison);
