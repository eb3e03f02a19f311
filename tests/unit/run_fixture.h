/* What the tests of the run stage share: a compiled peer, and runs of it. */
#pragma once

#include <glib.h>

#include "run/run.h"

/* Compiles tests/data/run/peer.c and the block counter once, into a folder of its own. */
void fixture_set_up(void);
void fixture_tear_down(void);
const char *fixture_folder(void);
const char *fixture_census(void);

/* A run of the peer and what came of it. Own folder; freed with trial_free. */
typedef struct trial trial_t;
struct trial {
    struct run_request request;
    struct run_outcome outcome; /* a copy; finished counts how often it came */
    guint finished;
};

struct trial *trial_new(const char *manner);
void trial_free(struct trial *trial);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(trial_t, trial_free)

/* All in one runner, which must end by itself. */
void trials_run(guint jobs, struct trial *const *trials, gsize count);
void trial_run(struct trial *trial);

/* The text of a file in the trial's folder. Free with g_free. */
char *trial_file(const struct trial *trial, const char *name);

/* The pids in the file `daemon-pid` that are still alive. */
guint daemons_alive(const char *pids);

/* Calls DONE until it is true, for at most 20 s. */
bool eventually(bool (*done)(void *data), void *data);
