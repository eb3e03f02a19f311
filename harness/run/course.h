/*
 * The course of one run, from its start to its end: what to do when the program
 * speaks, when its keeper does, and when time has passed. Blocks nowhere; the
 * runner polls for all courses at once.
 */
#pragma once

#include <glib.h>
#include <poll.h>
#include <stdbool.h>

#include "run/run.h"

#define COURSE_DESCRIPTORS 5

/* Starts the run. Never NULL: what can't be started is over at once. */
struct course *course_new(const struct run_request *request, const char *census_library);

/* Lets the keepers go, frees all. Only once it is over and `finished` was called. */
void course_free(struct course *course);

/* Fills in what to poll for; unused places get descriptor -1. */
void course_poll(const struct course *course, struct pollfd waiting[COURSE_DESCRIPTORS]);

/* When course_serve is to be called though nothing was said (monotonic, µs). */
gint64 course_wake(const struct course *course);

void course_serve(struct course *course, const struct pollfd waiting[COURSE_DESCRIPTORS]);

/* Moves the deadline: the harness itself was busy for so long (µs). */
void course_excuse(struct course *course, gint64 busy);

/* Ends it, unless its outcome is decided. */
void course_interrupt(struct course *course);

/* The outcome once nothing of the run is left, else NULL. */
const struct run_outcome *course_over(const struct course *course);
