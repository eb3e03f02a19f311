/*
 * From a planned run to plain values that the run stage can carry out: a private
 * folder, a neutral copy of the program, its command line and environment, and
 * the observers.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "plan/plan.h"
#include "run/run.h"

/* One detector's part in a run. */
struct look {
    const struct label *label;
    struct subject subject;
};

struct launched {
    const struct planned_run *planned;
    bool bare;
    struct run_request request;
    struct look *looks; /* as many as planned->labels; NULL if bare */
    char *command;      /* to type in a shell: leaves its artefacts in the folder one is in;
                           reads a source in the folder where the build staged it */
};

struct launch_options {
    const char *runs;  /* folder in which private folders are made */
    double time_limit; /* seconds */
    guint64 memory_limit_kib;
    GStrv environment; /* the programs': clean, or for doctor the caller's */
};

/* A new folder for the folders of this process's runs, below ROOT->state. It does not
 * outlive the process. Close it with runs_close; NULL and ERROR if there can be none. */
char *runs_open(const struct root *root, GError **error);
void runs_close(char *runs);

/* PATH and a UTF-8 locale, nothing else of the caller's. Free with g_strfreev. */
GStrv environment_clean(void);

/* Makes the folder and fills the request, `finished` and `data` apart. Free with
 * launched_free, which leaves the folder. BARE, for a planned run that proves: with
 * neither census nor looks, to measure what the program itself costs. */
struct launched *launch_prepare(const catalog_t *catalog, const struct planned_run *planned,
                                bool bare, const struct launch_options *options, GError **error);
void launched_free(struct launched *launched);

/* The same of a guest: ARGV, any command, in the folder one is in. Its one label looks on. LED:
 * it knows the checkpoint protocol, and does the rounds of PLANNED's scenario, which is
 * made up; else it runs to its own end. */
struct launched *launch_guest(const struct planned_run *planned, char *const *argv, bool led,
                              const struct launch_options *options, GError **error);

/* The program of a scenario, as the build leaves it. Free with g_free. */
char *program_path(const catalog_t *catalog, const Yard__Scenario *scenario, Yard__Variant variant,
                   const Yard__Flavour *flavour);

/* The server it talks to, which it must have, likewise. */
char *mock_path(const catalog_t *catalog, const Yard__Scenario *scenario);

/* The command line of that server. Free with g_strfreev. */
GStrv mock_command(const catalog_t *catalog, const Yard__Scenario *scenario);
