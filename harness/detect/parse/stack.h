/*
 * Is a stack whole? Only then may a finding be called somebody else's: a stack
 * that was cut short, or that has frames without a name, may hide the scenario.
 */
#pragma once

#include "leakyard.pb-c.h"

/* Sets stack_complete. What lies beyond the call from Go into C is dropped: an
 * unwinder of C reads only the scheduler's stale stack there. */
void stack_conclude(Yard__Finding *finding);
