/*
 * Deviations: which of them hold where. Internal to the judge.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "judge/condition.h"
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
