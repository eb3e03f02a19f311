/*
 * Is a run evidence at all? It must have ended well, left a report that could be
 * read, and the program must have done in it what its census says it does.
 * Internal to the judge.
 */
#pragma once

#include "judge/verdict.h"

/* If not, RESULT's verdict is ERROR or TIMEOUT, with its reason. */
bool run_is_trusted(const struct evidence *evidence, Yard__Result *result);

/* Sets verdict and reason. */
void settle(Yard__Result *result, Yard__Result__Verdict verdict, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* The census run did as many rounds: values and costs can be compared. */
bool is_as_long_as_proof(const struct evidence *evidence);

/* Units that the leaky variant leaks in the rounds of this run; a trap, if it
 * leaked, one a round. */
gint64 leaked_since_warm_up(const struct evidence *evidence);
gint64 leaked_by_warm_up(const struct evidence *evidence);
