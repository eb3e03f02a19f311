/* Candidates for the best fit. */
#pragma once

struct candidate;

struct candidate *candidate_open(int number);
long candidate_score(const struct candidate *candidate);
void candidate_close(struct candidate *candidate);

/* The best score of the first COUNT. */
long best_of(int count);
