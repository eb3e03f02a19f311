/*
 * What the run stage offers an observer at a checkpoint, and what the observer
 * may ask for in return. Plain values: run/ knows nothing of detectors.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

/* A checkpoint: the program is parked in read(2) and stays so until every
 * observer has had its look. */
struct moment {
    pid_t pid;             /* the program's own, from the kernel, not a wrapper's */
    const char *directory; /* the observer's private folder, for artefacts */
    guint checkpoint;      /* 0 is the one right after the warm-up round */
    guint checkpoints;     /* the last one's number */
    guint64 rounds;        /* done so far, warm-up included */
};

/* Asked for by an observer, carried out by the run stage before the program
 * goes on. Reading /proc needs no request: the observer just does it. */
struct observation {
    char *agent; /* have the program's kit call AGENT, such as "heap-profile" … */
    char *path;  /* … and leave the result at this absolute path */
    GStrv argv;  /* or run this command in the folder; its failure ends the run as ERROR */
    char *input; /* on the command's standard input, or NULL */
};

void observation_clear(struct observation *observation);

/* How a program, or a detector around it, ended. */
struct ending {
    bool signalled;
    int code; /* exit code, or signal number */
};

/* "exit 0", "signal 11 (Segmentation fault)". Free with g_free. */
char *ending_text(const struct ending *ending);
