/*
 * Whether a scenario can be run in a flavour, and with which environment: its
 * leaks_when conditions, its needs, the toolchain the flavour was built with.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "catalog/catalog.h"

/* True if SCENARIO is what its manifest says in FLAVOUR, under *WHEN: the first condition
 * that holds, whose settings both variants get, or NULL if there is none to meet. False:
 * *REASON says why not; free with g_free. */
bool truth_holds(const Yard__Scenario *scenario, const Yard__Flavour *flavour,
                 const Yard__When **when, char **reason);

/* Of what is known of a scenario by toolchain and settings, one cell. */
struct truth_cell {
    const Yard__When *when; /* the condition, or NULL: no settings */
    bool healed;            /* the leaky variant is as sound as the other */
};

/* All cells of SCENARIO in FLAVOUR, struct truth_cell: none if it can't be run there, and
 * *REASON says why; free with g_free. Unref the array. */
GArray *truth_cells(const Yard__Scenario *scenario, const Yard__Flavour *flavour, char **reason);

/* The settings of WHEN, which may be NULL, with blanks between. Free with g_free. */
char *truth_settings(const Yard__When *when);

/* One condition: "GODEBUG=asynctimerchan=1 go<1.23". Free with g_free. */
char *truth_condition(const Yard__When *when);

/* All under which SCENARIO leaks, or "" for always. Free with g_free. */
char *truth_conditions(const Yard__Scenario *scenario, const char *separator);

/* Is FLAVOUR a way of building programs in LANGUAGE at all? */
bool flavour_speaks(const Yard__Flavour *flavour, Yard__Language language);
