/*
 * Deviations: which of them hold where. Internal to the judge.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "judge/expectation.h"
#include "leakyard.pb-c.h"

/* One detector's file in one folder. */
struct layer {
    char *folder, *detector;
    Yard__Expectations *file; /* ordered: of deviations that hold, the last one counts */
};

struct expectations {
    GPtrArray *layers; /* of struct layer *, in the order of the folders */
};

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
bool deviation_holds(const Yard__Deviation *deviation, const struct circumstances *circumstances);

/* Of one scenario and variant, not of a glob? */
bool deviation_is_exact(const Yard__Deviation *deviation);

/* Orders FILE's deviations: globs first, then by id, variant and conditions. */
void deviations_sort(Yard__Expectations *file);

/* The one that counts, or NULL. */
const Yard__Deviation *deviation_find(const Yard__Expectations *file,
                                      const struct circumstances *circumstances);

bool is_recorded(const Yard__Expectations *file, const struct circumstances *circumstances);

/* Where no deviation holds. */
Yard__Result__Verdict verdict_of_truth(Yard__Variant variant, bool claimed);
