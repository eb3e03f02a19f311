#include "candidate.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

struct candidate {
    char shape[5417];
};

YARD_SITE struct candidate *candidate_open(int number)
{
    struct candidate *candidate = malloc(sizeof *candidate); /* ALLOC */
    if (candidate == NULL)
        abort();
    yard_born(1);
    memset(candidate->shape, 10 * number % 37, sizeof candidate->shape);
    return candidate;
}

long candidate_score(const struct candidate *candidate)
{
    return candidate->shape[0] + candidate->shape[sizeof candidate->shape - 1];
}

void candidate_close(struct candidate *candidate)
{
    free(candidate);
    yard_died(1);
}

long yard_round(void)
{
    return best_of(4);
}
