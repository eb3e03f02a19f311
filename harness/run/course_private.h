/* Shared by the files that make up a course: course.c (start, keepers, end),
 * steps.c (the protocol, from checkpoint to checkpoint), look.c (observers). */
#pragma once

#include "run/census.h"
#include "run/channel.h"
#include "run/course.h"
#include "run/keeper.h"
#include "run/server.h"

enum stage {
    STAGE_AWAITS_SERVER,
    STAGE_AWAITS_READY,
    STAGE_RUNS,     /* rounds are ordered */
    STAGE_SETTLES,  /* parked; its other threads may still be on their way to sleep */
    STAGE_LOOKS,    /* the program's own agent was ordered to look */
    STAGE_OBSERVES, /* an observer's command runs */
    STAGE_COUNTS,   /* the Go kit was ordered to count */
    STAGE_STOPS,    /* `stop` is sent */
    STAGE_SILENT,   /* all the time, of a command that doesn't know the protocol */
};

struct course {
    const struct run_request *request;
    const char *census_library;
    struct run_outcome outcome;
    bool decided; /* what the outcome is; it is over once its processes are gone */
    enum stage stage;

    struct server server;
    char *address; /* the server's, once it told */
    struct keeper keeper;
    bool keeper_started, command_ended;
    pid_t command; /* 0 until its keeper has told */
    bool ready;    /* the program said so */
    int channel;   /* -1 once closed */
    struct census_source census;

    guint index; /* of the checkpoint in work */
    guint64 rounds;
    gint64 started, deadline; /* monotonic, µs */
    guint64 memory_kills;     /* support/procfs.h, before it started */
    gint64 wake;              /* for the stage; G_MAXINT64: nothing to wake for */

    gint64 settle_budget, settle_step; /* µs */
    guint64 settle_digest;
    bool counting; /* it settles for the census, and not for who looks */

    guint observer; /* the one that looks */
    struct observation observation;
    struct keeper observer_keeper;
    bool observer_started;
    char *observer_errors; /* path */
};

/* Decides the outcome, unless it is, and ends what still runs. Takes REASON over. */
void course_end(struct course *course, enum outcome outcome, char *reason);
/* The same as BROKE, with ERROR, which it frees. */
void course_break(struct course *course, GError *error);

bool course_program_is_dead(const struct course *course);

/* "in rounds 2 to 11", "at checkpoint 3" …: how far it got. Free with g_free. */
char *course_place(const struct course *course);

/* steps.c */
void course_hear_program(struct course *course);
/* Orders the first rounds, once the command is known and the program is ready. */
void course_begin(struct course *course);
/* Breaks off with ERROR, which it frees, unless the program's own end explains that it
 * could not be looked at: that is told in its place. */
void course_be_blind(struct course *course, GError *error);
void course_step_in_time(struct course *course);
void course_count(struct course *course);
bool course_send(struct course *course, enum stage next, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* look.c: lets the observers from course->observer on have their look, then counts.
 * To be called when the program is parked: at a checkpoint, and after its agent looked. */
void course_look(struct course *course);
void course_hear_observer(struct course *course);
