/*
 * What a scenario's own ledger and value say of a run. Internal to the judge.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"
#include "run/run.h"

/* NULL if the run got to none. */
const struct checkpoint *first_checkpoint(const struct run_outcome *outcome);
const struct checkpoint *last_checkpoint(const struct run_outcome *outcome);

/* Did the launched command end well? DETECTOR_CODE is what its detector exits with
 * after a finding, 0 for none; a scenario may be made to end by a signal. */
bool ended_well(const Yard__Scenario *scenario, const struct ending *ending, int detector_code);

/* Outstanding by the ledger. */
gint64 ledger_units(const struct checkpoint *checkpoint);

/* Does SCENARIO note births and deaths? Of Go objects only births are known. */
bool ledger_is_kept(const Yard__Scenario *scenario, const struct run_outcome *outcome);
