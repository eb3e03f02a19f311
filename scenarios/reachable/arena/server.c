#include "arena.h"
#include "yard.h"

static struct arena arena;

/* A request fills just one chunk. */
long yard_round(void)
{
    return request(&arena, 8192);
}
