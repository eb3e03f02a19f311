/*
 * Carries a plan out: proofs first, then every detector's own runs; judges each
 * verdict as its run ends, appends it to the results file and keeps artefacts.
 * What `run`, `prove`, `why` and `doctor` have in common.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "catalog/catalog.h"
#include "judge/expectation.h"
#include "plan/launch.h"
#include "plan/plan.h"

struct conduct_options {
    const catalog_t *catalog;
    const struct root *root;
    const expectations_t *expectations; /* NULL: nothing is expected */
    guint jobs;
    double time_limit;       /* seconds for each run */
    bool fail_fast;          /* stop at the first verdict that differs */
    bool keep;               /* artefacts of every verdict, not only of unexpected ones */
    GStrv environment;       /* of the programs; NULL: a clean one */
    int results;             /* descriptor of a results file, or -1 */
    const GPtrArray *before; /* Yard__Record * of an unfinished run to go on with, or NULL */
};

/* Appends what was measured to RECORDS (Yard__Record *; a proof before results).
 * False if the infrastructure failed or a signal ended it: what is in RECORDS was
 * finished all the same. */
bool conduct(const struct plan *plan, const struct conduct_options *options, GPtrArray *records,
             GError **error);

/* Whose machine this is, which toolchains, which sources. Free with
 * yard__provenance__free_unpacked. */
Yard__Provenance *provenance_new(const struct root *root, const catalog_t *catalog, guint64 seed);

/* A record around PROVENANCE, which it takes over. */
Yard__Record *record_of_provenance(Yard__Provenance *provenance);
void record_free(gpointer record);
