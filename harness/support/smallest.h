/*
 * Delta debugging: of things that together have some property, the fewest that still do.
 *
 * The search is Zeller and Hildebrandt's ddmin: it tries halves, then what is left without
 * each of them, then quarters … What it ends with is smallest in that no single member can
 * be left out; a smaller set of others is not ruled out.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A set of up to 32 things: bit I is the Ith. */
typedef guint32 thing_set;

/* Does SET have the property? False, with ERROR, if that can't be found out at all. May be
 * asked of one set more than once. */
typedef bool (*set_test)(thing_set set, bool *holds, void *data, GError **error);

/* ALL is known to have the property. */
bool smallest_set(thing_set all, set_test test, void *data, thing_set *smallest, GError **error);
