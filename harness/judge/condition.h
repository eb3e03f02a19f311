/*
 * Conditions: tool, compiler, Go version, machine and flavour that a recorded
 * expectation holds for. Internal to the judge.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"

/* Of what and under which conditions a verdict was given. */
struct circumstances {
    const char *id;
    Yard__Language language;
    Yard__Variant variant;
    const char *version;          /* of the tool, or NULL */
    const char *flavour_name;     /* or NULL */
    const Yard__Flavour *flavour; /* or NULL */
};

void circumstances_of(const Yard__Result *result, const Yard__Scenario *scenario,
                      const Yard__Flavour *flavour, struct circumstances *circumstances);

bool condition_concerns(const Yard__Condition *condition, Yard__Language language);
bool condition_holds(const Yard__Condition *condition, const struct circumstances *circumstances);

/* The condition that CIRCUMSTANCES are an instance of: versions down to the minor
 * number, and the flavour. Free with yard__condition__free_unpacked. */
Yard__Condition *condition_new(const struct circumstances *circumstances);

bool condition_equal(const Yard__Condition *a, const Yard__Condition *b);
