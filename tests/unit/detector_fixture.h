/*
 * What tests of detectors share: a folder for artefacts, what was found in it, and
 * why it was refused. A checked fixture of detector_set_up and detector_tear_down
 * makes them anew for every test.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"
#include "schema/detector.h"

extern char *folder;
extern GPtrArray *findings; /* of Yard__Finding * */
extern GError *problem;

void detector_set_up(void);
void detector_tear_down(void);

/* The finding of this number; the test fails if there is none. */
const Yard__Finding *at(guint index);

/* A file of tests/data, as text. Free with g_free. */
char *recorded(const char *name);

/* Leaves TEXT as the artefact NAME; LENGTH -1: all of it. */
void leave(const char *name, const char *text, gssize length);

/* The same, and has DETECTOR say what it finds there. False: PROBLEM says why it
 * refuses. */
bool finds_in(const char *detector, const char *name, const char *text);

/* Has DETECTOR say what it finds among the artefacts left, the program having exited
 * with 0 or CODE; as finds_in. What it wrote to standard error is the artefact ERRORS, to
 * standard output OUTPUT. */
#define ERRORS "stderr"
#define OUTPUT "stdout"
bool finds_left(const char *detector);
bool finds_after(const char *detector, int code);

/* Has PARSE read TEXT into FINDINGS, in place of what was there; as finds_in. */
typedef bool (*report_parser)(const char *text, gsize length, GPtrArray *findings, GError **error);
bool finds_by(report_parser parse, const char *text);

/* Nothing to launch, in nobody's environment; clear with launch_clear. */
struct launch launch_new(void);
void launch_clear(struct launch *launch);

/* The test fails unless ERROR says WANTED. Takes ERROR over. */
void assert_said(GError *error, const char *wanted);
