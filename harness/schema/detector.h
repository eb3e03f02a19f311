/*
 * A detector: anything that looks at a program and reports leaks.
 *
 * A built-in one is a file in detect/ that fills a `struct detector` and
 * registers it with DETECTOR(); there is no list to edit. A plug-in is an
 * executable that answers the same four questions as subcommands; detect/plugin.c
 * makes a `struct detector` of it. All state between the four calls is in files
 * in the run's folder: these are the artefacts that `leakyard why` shows.
 *
 * A detector is blind: it learns the folder and the command line of a program,
 * never which scenario or variant it is.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"
#include "schema/observation.h"

#define BIT(value) (1u << (value))
#define ANY_KIND                                                                                   \
    (BIT(YARD__KIND__LOST) | BIT(YARD__KIND__REACHABLE) | BIT(YARD__KIND__BLOCKED) |               \
     BIT(YARD__KIND__HELD))

/* When it looks; at the source it never runs the program, so nothing goes with that. */
enum {
    LOOKS_AT_EXIT = 1,
    LOOKS_LIVE = 2,
    LOOKS_AT_SOURCE = 4,
};

/* How it counts units. */
enum counting {
    COUNTS_NOTHING, /* one finding is enough */
    COUNTS_AT_LEAST,
    COUNTS_ESTIMATE,
    COUNTS_EXACTLY,
};

struct label;

/* A program, or the source of one, as a detector sees it. */
struct subject {
    const char *directory; /* private folder for this detector's artefacts; absolute */
    GStrv argv;            /* the program's own command line; absolute neutral path; of a
                              source empty */
    const char *go;        /* version of the Go it was built with, or NULL: not known */
    const char *errors;    /* files of what the command wrote to standard error … */
    const char *output;    /* … and to standard output; absolute */
    const char *sources;   /* private copy of the source's folder; absolute. Its module, with
                              the kit, is the folder above, where the command is run. NULL
                              for detectors that look at a program */
};

/* What it takes to launch a program under a detector: both own their strings. */
struct launch {
    GPtrArray *argv;        /* of char *, without the closing NULL */
    GPtrArray *environment; /* of char *, NAME=VALUE, over a clean environment */
};

struct detector {
    const char *name;
    const char *summary; /* one line, for help and reports */

    /* What it claims to see: sets of BIT(). Every scenario in one of `languages`
     * is run; `resources` and `kinds` only tell a claim from a leak it never promised. */
    unsigned languages;
    unsigned resources;
    unsigned kinds;
    const char *const *tags; /* … a tool that goes by constructs: in scenarios with one of these
                                tags alone; ends with NULL. NULL: in all */

    bool takes_executable; /* of a label: exe= names another one than the usual */
    bool takes_arguments;  /* … and args= go to the tool */

    const char *flavour; /* the way of building it needs; "plain": any */
    bool inside;         /* it is in the program, as Go's runtime: its version is that Go's */
    const char *go_from; /* … and programs of older Go have it not, such as "1.25"; NULL: all do */
    unsigned looks;      /* LOOKS_… */
    bool ends_only;      /* observes at the first and last checkpoint: its run has no others */
    bool places;         /* reports frames */
    enum counting counts;
    gint64 cap;          /* reports no more units than this; 0: no cap */
    bool passive;        /* only reads, from outside: may share a plain run */
    bool slow;           /* a run of it may take seconds: better begun before the others */
    int leak_exit_code;  /* exit code that means "leaks found"; 0: none */
    bool halts;          /* … and the program ends so as soon as something is found */
    int end_signal;      /* ends the program after the last look; 0: none, it is told to stop */
    int end_code;        /* … with this exit code */
    const char *control; /* id of a scenario that it surely finds, for doctor */

    /* Usable here? Fills label->version, or sets ERROR with the reason why not. */
    bool (*probe)(struct label *label, GError **error);

    /* How to launch SUBJECT. NULL: as it is. LAUNCH arrives holding the subject's argv: of
     * a source there is none, and the command is the tool itself. */
    bool (*command)(const struct label *label, const struct subject *subject, struct launch *launch,
                    GError **error);

    /* At a checkpoint. NULL: no look. Whatever it needs from the run stage goes
     * into OBSERVATION, which arrives empty. */
    bool (*observe)(const struct label *label, const struct moment *moment,
                    struct observation *observation, GError **error);

    /* Appends what it found (Yard__Finding *) to FINDINGS. Called once the run
     * has ended well: every round done, then exit code 0, leak_exit_code or end_code,
     * or the signal that the scenario ends by; a tool that reads a source by exit code. An
     * empty, cut or foreign artefact is an ERROR, never "nothing found". A finding without
     * a resource names a construct, and counts for whatever leaks in the scenario. */
    bool (*findings)(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error);

    /* For doctor, after a wrong verdict in the caller's own environment: the
     * cause in words, if it can be told, or NULL. Free with g_free. */
    char *(*diagnose)(const struct label *label, const struct subject *subject, GStrv environment);
};

/* A detector as somebody asked for it: `memcheck`, `memcheck:next,exe=…,args=…`,
 * `./my-tool`. Made by detect/registry.h. */
struct label {
    const struct detector *detector;
    char *name;       /* in reports and as the name of its file in expected/ */
    char *executable; /* NULL: the detector's usual one, from PATH */
    GStrv arguments;  /* further ones for the tool; never NULL */
    char *version;    /* set by probe */
    char *unusable;   /* why probe refused, or NULL */
};

static inline bool looks_at_source(const struct detector *detector)
{
    return (detector->looks & LOOKS_AT_SOURCE) != 0;
}

/* A pointer to a detector, kept by the linker in a section that the registry walks. */
#define DETECTOR(object)                                                                           \
    static const struct detector *const object##_registered                                        \
        __attribute__((used, retain, section("leakyard_detectors"))) = &object
