/*
 * Is a stack whole? Only then may a finding be called somebody else's: a stack
 * that was cut short, or that has frames without a name, may hide the scenario.
 *
 * And which of them are the same?
 */
#pragma once

#include <glib.h>

#include "leakyard.pb-c.h"

/* Sets stack_complete. What lies beyond the call from Go into C is dropped: an
 * unwinder of C reads only the scheduler's stale stack there. */
void stack_conclude(Yard__Finding *finding);

/* Findings that say the same of many units, one a stack. */
struct stacks {
    GHashTable *known;   /* what tells a stack from others → its finding */
    GPtrArray *findings; /* Yard__Finding *, not owned */
};

struct stacks stacks_new(GPtrArray *findings);
void stacks_clear(struct stacks *stacks);

/* Appends FINDING, of one unit, or counts it with one of the same stack. Takes it over. */
void stacks_count(struct stacks *stacks, Yard__Finding *finding);

/* How many units of the stack of FINDING were counted. */
gint64 stacks_units(const struct stacks *stacks, const Yard__Finding *finding);
