/*
 * The run stage: starts programs, leads them through their checkpoints, lets
 * observers look, and says how it went. One poll loop for all runs; a keeper
 * process for each (run/keeper.h), so that nothing is left behind.
 *
 * Knows nothing of detectors: it gets plain values.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

#include "schema/observation.h"

/* What is outstanding at a checkpoint, by means that no detector uses. */
struct census {
    gint64 blocks;      /* interposed: heap blocks, outstanding; -1 if nothing interposes */
    gint64 bytes;       /* their sizes, summed; -1 likewise */
    gint64 unit_blocks; /* those of exactly unit_bytes; -1 likewise */
    gint64 objects;     /* Go: weak pointers still alive; -1 in a C program */
    bool by_finalizers; /* … counted by finalizers instead, before Go 1.24 */
    gint64 goroutines;  /* Go: started by a round and still there; -1 in a C program */
    gint64 threads, shared_memory, timers, children; /* support/procfs.h */
    gint64 descriptors; /* open ones, and those under way in messages to it */
    /* Mappings of the size unit_bytes that would fill what is mapped: exact in its
     * growth also where the kernel merges neighbours. Without unit_bytes: their number. */
    gint64 mappings;
};

struct checkpoint {
    guint64 rounds;       /* done so far, warm-up included */
    gint64 value;         /* sum of what all rounds returned */
    gint64 born, died;    /* the scenario's own ledger */
    bool unsettled;       /* it never came to rest: Go says so itself, of C the kernel does */
    struct census census; /* if asked for */
};

/* An observer of a run; DATA is its own. */
struct observer {
    bool (*look)(void *data, const struct moment *moment, struct observation *observation,
                 GError **error);
    void *data;
    char *directory; /* its private folder, below the run's; made by the run stage */
};

enum outcome {
    OUTCOME_COMPLETED, /* all rounds done, all looks taken, ended after `stop` (or were killed);
                          a silent command: ended */
    OUTCOME_BROKE,     /* crashed, left early, spoke nonsense, an observer failed */
    OUTCOME_TIMED_OUT,
    OUTCOME_INTERRUPTED, /* the harness was told to stop */
};

struct run_outcome {
    enum outcome outcome;
    char *reason;         /* unless completed */
    char *said;           /* what the command complained of on its standard error, or NULL */
    bool halted;          /* completed early, with halt_code; its checkpoints are those before */
    struct ending ending; /* of the launched command; meaningless if never started */
    GArray *checkpoints;  /* of struct checkpoint */
    pid_t pid;            /* the program's own, 0 if it never said ready */
    guint stragglers;     /* processes that outlived the command by 0.1 s and were ended */
    double wall_seconds;
    guint64 peak_kib; /* peak resident memory of the largest process */
};

/* A command that runs beside the program. */
struct server_command {
    GStrv argv, envp;
};

struct run_request {
    char *directory; /* absolute, private, exists; becomes cwd, HOME and TMPDIR.
                        stdout and stderr go to files of these names in it */
    char *work;      /* NULL, or the cwd in its place; absolute */
    bool silent;     /* the command doesn't know the protocol: it runs to its end, and
                        its run has no checkpoints */
    GStrv argv;
    GStrv envp;                   /* whole; HOME and TMPDIR are added, and YARD_FD unless silent */
    struct server_command server; /* up before the program starts, which finds in YARD_SERVER what
                              it wrote in its first line; without argv there is none */
    guint warm_up;                /* rounds before checkpoint 0 */
    guint checkpoints;            /* after it */
    guint rounds_per_checkpoint;
    double time_limit;        /* seconds for the whole run, less what callbacks take */
    guint64 memory_limit_kib; /* resident, looked at by the keeper; 0: none */
    int end_signal;           /* sent to it where others are told to stop; 0: none */
    int halt_code;            /* exit code by which a detector may end it early; 0: none */
    bool detaches;            /* its command ends well once it is up, and what it left goes on */
    bool census;              /* take a census at each checkpoint */
    bool interpose;           /* … and preload the block counter for it */
    bool go;                  /* … and ask the Go kit for objects and goroutines */
    guint64 unit_bytes;       /* for census.unit_blocks; 0: none */
    struct observer *observers;
    gsize observer_count;
    /* Called once, from the loop. OUTCOME is the loop's. May add further runs. */
    void (*finished)(struct run_request *request, const struct run_outcome *outcome, void *data);
    void *data;
};

typedef struct runner runner_t;

/* JOBS runs at a time. CENSUS_LIBRARY is the block counter to preload, or NULL. */
runner_t *runner_new(guint jobs, const char *census_library);
void runner_free(runner_t *runner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(runner_t, runner_free)

/* Queues REQUEST, which must live until its `finished` was called. */
void runner_add(runner_t *runner, struct run_request *request);

/* Runs all that is queued; returns false if SIGINT, SIGTERM or SIGHUP ended it
 * early (every run then still gets its `finished`, as interrupted). */
bool runner_go(runner_t *runner, GError **error);

/* Starts nothing more; what runs is ended. Callable from `finished` (--fail-fast). */
void runner_stop(runner_t *runner);

/* Has FOLDER, in which requests' folders are, removed with all in it should the harness
 * die before caretaker_release(), as soon as nothing runs there any more. */
bool caretaker_start(const char *folder, GError **error);
void caretaker_release(void);

/* Runs one command in DIRECTORY (absolute) under a keeper, for at most SECONDS, with
 * INPUT on its standard input (or NULL), in the harness's own environment but for
 * TMPDIR, which is DIRECTORY. For probes and plug-ins, outside of any run.
 * OUTPUT gets its standard output, at most 16 MiB; free with g_free. Fails,
 * quoting the first line of standard error, unless it exits 0. */
bool command_run(const char *directory, char *const *argv, const char *input, double seconds,
                 char **output, GError **error);
