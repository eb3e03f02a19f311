#include "ring.h"
#include "yard.h"

YARD_SITE void ring_drop(struct track *first)
{
    if (first->next == first) /* LEAK: an entry that has a neighbour is left to the neighbour */
        track_free(first);
}
