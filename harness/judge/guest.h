/*
 * What a detector says of a guest: any program, of which nothing is known. There is no
 * truth to hold it against; what counts is the tool's own word.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "schema/detector.h"

/* What the program at PATH is written in, as a BIT(): Go; Go with C in it, if it loads
 * libraries; or else C. */
unsigned guest_language(const char *path);

/* Can DETECTOR look at a guest that is LED through checkpoints, or one that just runs? */
bool guest_suits(const struct detector *detector, bool led);

/* Does FINDING speak of a leak? What is called leaked or possibly lost does; what is merely
 * held only where it grew, or is, by half a unit for each of ROUNDS; 0: the guest has none. */
bool guest_finding_leaks(const Yard__Finding *finding, guint rounds);
