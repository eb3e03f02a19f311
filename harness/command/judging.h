/*
 * One verdict: what a detector found in a run, judged, compared with what was
 * expected, its artefacts kept. Results are the caller's, to be freed with
 * yard__result__free_unpacked.
 */
#pragma once

#include "command/conduct.h"

/* The verdict on LOOK's part in a run that PROOF is about, which must be PROVED.
 * NULL with ERROR if the infrastructure failed; NULL without if a signal came while
 * the detector was asked, so that its answer is none. */
Yard__Result *judging_of_look(const struct conduct_options *options,
                              const struct launched *launched, const struct run_outcome *outcome,
                              const struct look *look, const Yard__Proof *proof, GError **error);

/* UNSUPPORTED, for the reason that RUN has. */
Yard__Result *judging_unsupported(const struct conduct_options *options,
                                  const struct planned_run *run, const struct label *label);
