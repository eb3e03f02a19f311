/*
 * What a C scenario links with. The kit has main(), the checkpoint protocol and
 * the flags; a scenario supplies yard_round().
 *
 *     leaky --rounds 100           do 100 rounds and end
 *     leaky --rounds 100 --hold    … and stay parked for a tool to attach, until a
 *                                  line or end of file on standard input
 *     leaky --serve                a round every 100 ms, until SIGTERM
 *
 * With YARD_FD in the environment the protocol rules instead (harness/run/protocol.h
 * describes it). The kit allocates nothing between `ready` and `stop`, opens no
 * descriptor and starts no thread.
 *
 * Its one agent is `leak-check`, there if a leak sanitizer is linked or preloaded;
 * the report goes to PATH.PID, and later ones to standard error again.
 */
#pragma once

#include <stdbool.h>

/* One piece of work. A leaky variant leaks exactly units_per_round in each. What
 * it returns shows that the work was done: leaky and fixed must agree. */
long yard_round(void);

/* Optional: once before the first round, and once after the last (only on the
 * way to a regular end). */
void yard_start(void);
void yard_stop(void);

/* The ledger: units born, and units properly given up. Where no interposer can
 * go (sanitizer builds) it is the truth; elsewhere it is checked against it. */
void yard_born(long units);
void yard_died(long units);

/* Is this stage of the work in? Every one is that YARD_WITHOUT in the environment does
 * not name ("queue,check"). A stage that is out passes on undone what it was given. */
bool yard_stage(const char *name);

/* For functions whose frame a detector is to see. */
#ifdef __clang__ /* never clones */
#define YARD_SITE __attribute__((noinline))
#else
#define YARD_SITE __attribute__((noinline, noclone))
#endif
