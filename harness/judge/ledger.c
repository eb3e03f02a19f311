#include "judge/ledger.h"

const struct checkpoint *first_checkpoint(const struct run_outcome *outcome)
{
    GArray *all = outcome->checkpoints;
    return all && all->len ? &g_array_index(all, struct checkpoint, 0) : NULL;
}

const struct checkpoint *last_checkpoint(const struct run_outcome *outcome)
{
    GArray *all = outcome->checkpoints;
    return all && all->len ? &g_array_index(all, struct checkpoint, all->len - 1) : NULL;
}

bool ended_well(const Yard__Scenario *scenario, const struct ending *ending, int detector_code)
{
    if (ending->signalled)
        return scenario->has_ends &&
               (scenario->ends == YARD__ENDING__SIGNAL || scenario->ends == YARD__ENDING__NEVER);
    return ending->code == 0 || ending->code == detector_code;
}

gint64 ledger_units(const struct checkpoint *checkpoint)
{
    return checkpoint->born - checkpoint->died;
}

bool ledger_is_kept(const Yard__Scenario *scenario, const struct run_outcome *outcome)
{
    if (scenario->resource == YARD__RESOURCE__GO_OBJECT)
        return false;
    return scenario->resource == YARD__RESOURCE__HEAP_BLOCK || last_checkpoint(outcome)->born > 0;
}
