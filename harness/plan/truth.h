/*
 * Whether a scenario can be run in a flavour, and with which environment: its
 * leaks_when conditions, its needs, the toolchain the flavour was built with.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "catalog/catalog.h"

/* True if SCENARIO is what its manifest says in FLAVOUR. *ENVIRONMENT then points
 * to COUNT settings (NAME=VALUE) of the manifest that both variants get. False:
 * *REASON says why not; free with g_free. */
bool truth_holds(const Yard__Scenario *scenario, const Yard__Flavour *flavour, char ***environment,
                 gsize *count, char **reason);

/* True if SCENARIO can be run in FLAVOUR and leaks in others only: its leaky variant is
 * as sound as the other there. */
bool truth_is_healed(const Yard__Scenario *scenario, const Yard__Flavour *flavour);

/* Is FLAVOUR a way of building programs in LANGUAGE at all? */
bool flavour_speaks(const Yard__Flavour *flavour, Yard__Language language);

/* Compares Go versions such as "go1.26.8" and "1.23": below, equal, above 0. */
int go_version_compare(const char *first, const char *second);
