/*
 * Where a finding points. In the scenario: a frame, inlined ones included, lies
 * in the scenario's files (the kit and a round that holds no marker don't count), or
 * is a cgo call stub of the program's package main. Elsewhere: the stack is complete
 * and has no such frame. Unplaced: cut short, stripped, ends at another package's stub,
 * no stack at all.
 */
#pragma once

#include "catalog/site.h"
#include "leakyard.pb-c.h"

/* Fills finding->place and finding->located. */
void finding_place(Yard__Finding *finding, const sites_t *sites);

/* The frame that tells most of where FINDING is in the scenario, the innermost of
 * equals; NULL if it is not in the scenario. Part of FINDING. *LOCATED is how well. */
const Yard__Frame *finding_frame(const Yard__Finding *finding, const sites_t *sites,
                                 Yard__Located *located);

/* Cuts what compilers add: "make.constprop.0.isra.0" is "make", Go's
 * "main.(*table).put.func1" is "put". Free with g_free. */
char *function_base(const char *name);
