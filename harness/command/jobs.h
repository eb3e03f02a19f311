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
    guint jobs;        /* runs at a time; the machine's cores if not said */
    double time_limit; /* seconds a run */
    guint repeat;
    bool shuffle;
    guint64 seed;         /* drawn if not said */
    GPtrArray *detectors; /* of char *, as typed; none: every built-in one */
    GPtrArray *flavours;  /* of char *, as typed */
};

void job_options_init(struct job_options *options);
void job_options_clear(struct job_options *options);

/* The input of each: struct job_options. */
extern const struct argp label_argp;  /* --detector; its help lists the built-in ones */
extern const struct argp job_argp;    /* --flavour --jobs --timeout */
extern const struct argp repeat_argp; /* --repeat --shuffle --seed */
#define LABEL_CHILD                                                                                \
    {                                                                                              \
        &label_argp, 0, "Which detectors:", 6                                                      \
    }
#define JOB_CHILD                                                                                  \
    {                                                                                              \
        &job_argp, 0, "Which builds, and how they run:", 7                                         \
    }
#define REPEAT_CHILD                                                                               \
    {                                                                                              \
        &repeat_argp, 0, "How often, and in which order:", 8                                       \
    }

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
