/*
 * A goroutine in a list that the Go runtime prints when it ends a program: a heading,
 * its stack (go_stack.h), and an empty line, be it what the list's last newline leaves.
 *
 *     goroutine 7 [chan receive (durable), synctest bubble 1]:
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"

#define GO_GOROUTINE_HEADING "goroutine "

struct go_goroutine {
    guint64 number;
    bool created;           /* it tells who created it */
    Yard__Finding *finding; /* of one unit; its text is "goroutine [select]" */
};

/* Reads the goroutine that begins at *LINE (lines end with a NULL), and moves *LINE to the
 * empty line behind it. False if it is damaged or cut short: there is no finding. */
bool go_goroutine_read(char ***line, Yard__Claim claim, struct go_goroutine *goroutine);
