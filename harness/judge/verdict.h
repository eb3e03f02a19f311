/*
 * The rules, as a pure function: no files, no clock, no processes.
 */
#pragma once

#include <stdbool.h>

#include "catalog/site.h"
#include "leakyard.pb-c.h"
#include "run/run.h"
#include "schema/detector.h"

/* All that the judge may know of one run under one detector. */
struct evidence {
    const Yard__Scenario *scenario;
    Yard__Variant variant;
    const struct detector *detector;
    const Yard__Proof *proof; /* of this variant and flavour: PROVED, or nothing is judged */
    const sites_t *sites;     /* of this variant */
    const struct run_outcome *outcome;
    const char *failure; /* why the findings could not be read, or NULL */
    bool shared;         /* the run carried other observers: its cost is nobody's */
};

/* Did the run end well: every round done, and then as the scenario is made to end, or
 * with the code by which DETECTOR says that there are leaks? Else it has no findings. */
bool run_ended_well(const Yard__Scenario *scenario, const struct detector *detector,
                    const struct run_outcome *outcome);

/* Why a report of FINDINGS findings can't be believed of a run that ended so, or NULL: the
 * code says that there are leaks, and the report names none. */
char *report_contradiction(const struct detector *detector, const struct ending *ending,
                           gsize findings);

/* Is it a detector that looks at exit only, and a program that never comes to one? It was
 * killed half-way, so there is nothing to read. */
bool never_got_to_look(const Yard__Scenario *scenario, const struct detector *detector);

/* RESULT arrives with its names and findings; gets verdict, reason, places,
 * grades, counts. The reason is one sentence that a person can check. */
void judge(const struct evidence *evidence, Yard__Result *result);

/* Does DETECTOR claim to see what SCENARIO leaks? For a trap: anything it could
 * wrongly report there. */
bool detector_claims(const struct detector *detector, const Yard__Scenario *scenario);

/* Fills PROOF's status, reason and numbers from a census run. VARIANT's twin is
 * compared by prove_twins. */
void prove(const Yard__Scenario *scenario, Yard__Variant variant, bool interposed,
           const struct run_outcome *outcome, Yard__Proof *proof);
/* Both variants must do the same job: their values agree, or are what the
 * manifest says. Marks both UNPROVED if not. */
void prove_twins(const Yard__Scenario *scenario, Yard__Proof *leaky, Yard__Proof *fixed);
