/*
 * What the judge's tests are made of: a scenario, its sources' markers, a run.
 */
#pragma once

#include "catalog/site.h"
#include "run/run.h"

/* The folder "table": variant.c with table_new at lines 10 to 20 (ALLOC at 15) and
 * table_put at 30 to 40 (LEAK at 35), variant.go with put at 50 to 60, main.go and
 * other.c without any; C stubs _cgo_0123456789ab_…. Free with sites_free. */
sites_t *fixture_sites(void);

/* As above, with a LEAK in yard_round at lines 70 to 80 of variant.c. */
sites_t *fixture_sites_round(void);

/* heap/table: C, heap blocks, lost, 1 a round, 100 rounds, bound 0. Owns nothing. */
Yard__Scenario fixture_scenario(void);

/* A completed run: one warm-up round, ten checkpoints of 10 rounds; each round
 * returns 2 and the ledger has one unit outstanding for each if LEAKY. Nothing in
 * its census. Clear with fixture_run_clear. */
struct run_outcome fixture_run(bool leaky);
void fixture_run_clear(struct run_outcome *outcome);

struct checkpoint *fixture_checkpoint(struct run_outcome *outcome, guint number);
