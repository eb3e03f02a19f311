/*
 * A whole trial before the judge, for the tests of its rules: everything is sound until a
 * test changes it. The scenario, its sources and the run are those of judge_fixture.h.
 */
#pragma once

#include <glib.h>

#include "judge/verdict.h"

#define ERROR       YARD__RESULT__VERDICT__ERROR
#define TIMEOUT     YARD__RESULT__VERDICT__TIMEOUT
#define FOUND       YARD__RESULT__VERDICT__FOUND
#define MISSED      YARD__RESULT__VERDICT__MISSED
#define CLEAN       YARD__RESULT__VERDICT__CLEAN
#define FALSE_ALARM YARD__RESULT__VERDICT__FALSE_ALARM

#define LEAKED      YARD__CLAIM__LEAKED
#define SUSPECTED   YARD__CLAIM__SUSPECTED
#define OUTSTANDING YARD__CLAIM__OUTSTANDING

#define BLOCK  YARD__RESOURCE__HEAP_BLOCK
#define THREAD YARD__RESOURCE__THREAD
#define FD     YARD__RESOURCE__DESCRIPTOR
#define MEMORY YARD__RESOURCE__MEMORY

#define LEAKY    YARD__VARIANT__LEAKY
#define FIXED    YARD__VARIANT__FIXED
#define TRAP     YARD__VARIANT__CLEAN
#define PLACE    ", at table_new (variant.c:15)"
#define NO_PLACE ", at no known place"

/* Where the stack of a finding points. */
enum spot {
    AT_NEW,  /* table_new, by line */
    AT_GROW, /* the scenario's, but unmarked */
    IN_LIBRARY,
    CUT_SHORT,
    NO_STACK,
};

struct court {
    Yard__Scenario scenario;
    struct detector detector;
    Yard__Proof proof;
    struct run_outcome outcome;
    sites_t *sites;
    struct evidence evidence;
    Yard__Result *result;
};

/* Close it with court_close. */
void court_open(struct court *court, Yard__Variant variant);
void court_close(struct court *court);

/* A finding with its stack; UNITS below 0 stay absent. */
Yard__Finding *make_finding(Yard__Claim claim, Yard__Resource resource, gint64 units,
                            enum spot spot, Yard__Since since);

/* The detector reports one, counted since the warm-up. */
void court_report(struct court *court, Yard__Claim claim, Yard__Resource resource, gint64 units,
                  enum spot spot);

/* The test fails unless the judge says so, for this reason. */
void court_expect(struct court *court, Yard__Result__Verdict verdict, const char *reason);
