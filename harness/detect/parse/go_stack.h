/*
 * A goroutine's stack as the Go runtime prints it, two lines a frame:
 *
 *     main.(*poller).loop(0xc00001c0e0)
 *     	ticker-loop/variant.go:19 +0x8c
 *     created by main.startPoller in goroutine 1
 *     	ticker-loop/variant.go:12 +0x65
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"

struct go_stack {
    bool created; /* it ends with who created the goroutine */
    bool elided;  /* the runtime left frames out, of more than a hundred */
};

/* Adds the frames that begin at *LINE (lines end with a NULL) to FINDING, and moves
 * *LINE behind them. */
struct go_stack go_stack_read(char ***line, Yard__Finding *finding);
