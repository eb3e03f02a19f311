#include "candidate.h"

#include <stddef.h>

#include "yard.h"

YARD_SITE long best_of(int count)
{
    struct candidate *candidate = NULL;
    long best = 0;
    for (int i = 0; i < count; i++) {
        candidate = candidate_open(i); /* LEAK: the one of the time before is still open */
        if (candidate_score(candidate) > best)
            best = candidate_score(candidate);
    }
    if (candidate != NULL)
        candidate_close(candidate);
    return best;
}
