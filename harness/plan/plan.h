/*
 * From scenarios and labels to runs: which programs are run, who looks at each,
 * who may share one, and in which order.
 *
 * For every scenario × variant × flavour that a detector is to judge there is one
 * proving run: the plain program under the census. With no detector there is one for each
 * condition of the manifest. Passive detectors look at that
 * very run; everybody else gets runs of their own, whose cost is that over a bare
 * run, right after the proving one. Who looks at the source runs in the program's place,
 * and its cost is compared with nothing.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "catalog/catalog.h"
#include "catalog/select.h"
#include "schema/detector.h"

struct planned_run {
    const Yard__Scenario *scenario;
    Yard__Variant variant;
    const Yard__Flavour *flavour;
    const Yard__When *when; /* the condition it is run under, or NULL: no settings */
    guint repetition;       /* from 1 */
    bool proves;            /* under the census */
    bool measured;          /* proves, and others' cost is held against the bare program's */
    GPtrArray *labels;      /* const struct label *, who look; several only if all are passive */
    bool healed;            /* proves that here the leaky variant is sound */
    char *unsupported;      /* why it can't be run here, or NULL */
};

struct plan {
    GPtrArray *proving; /* struct planned_run *, to be done first */
    GPtrArray *judged;  /* the others */
};

struct plan_options {
    GPtrArray *labels;   /* const struct label *; none: nothing but proofs */
    GPtrArray *flavours; /* of const char *; none: what each detector asks for, or for
                            proofs alone every flavour there is */
    guint repeat;        /* at least 1 */
    bool shuffle;        /* all runs in random order, not only the variants of each scenario */
    guint64 seed;
};

/* SCENARIOS: const Yard__Scenario *. Fails if a flavour is unknown. Free with plan_free. */
struct plan *plan_make(const catalog_t *catalog, const GPtrArray *scenarios,
                       const struct selection *selection, const struct plan_options *options,
                       GError **error);
void plan_free(struct plan *plan);
