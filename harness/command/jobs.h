/*
 * What `run`, `prove`, `why` and `doctor` let people say about the work: who
 * looks, at which builds, how many at a time, how often, for how long.
 */
#pragma once

#include <argp.h>
#include <glib.h>
#include <stdbool.h>

#include "catalog/catalog.h"
#include "plan/plan.h"

struct job_options {
    guint jobs;        /* runs at a time; one more than there are cores if not said */
    double time_limit; /* seconds a run */
    guint repeat;
    bool shuffle;
    guint64 seed;         /* drawn if not said */
    GPtrArray *detectors; /* of char *, as typed; none: every built-in one */
    GPtrArray *flavours;  /* of char *, as typed */
};

void job_options_init(struct job_options *options);
void job_options_clear(struct job_options *options);

/* The input of each is a struct job_options. */
extern const struct argp detector_argp; /* --detector: who looks; lists the built-in ones */
extern const struct argp pace_argp;     /* --flavour -j --timeout: at what, how many at a time */
extern const struct argp order_argp;    /* --repeat --shuffle --seed: how often, in which order */
extern const struct argp job_argp;      /* all three */

/* Their headings in --help, and places. */
#define WHICH_DETECTORS "Which detectors:", 6
#define WHICH_BUILDS    "Which builds, and how they run:", 7
#define HOW_OFTEN       "How often, and in which order:", 8

/* The labels asked for (struct label *), probed. Two of one name are refused. Free
 * with g_ptr_array_unref. */
GPtrArray *job_labels(const struct job_options *options, GError **error);

/* Neither LABELS nor FLAVOURS is copied. */
struct plan_options job_plan_options(const struct job_options *options, GPtrArray *labels,
                                     GPtrArray *flavours);

/* Names of the flavours asked for (char *), built where they were described. Free
 * with g_ptr_array_unref. */
GPtrArray *job_flavours(const struct job_options *options, const struct root *root,
                        catalog_t *catalog, GError **error);
