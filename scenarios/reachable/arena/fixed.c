#include "arena.h"
#include "yard.h"

YARD_SITE long request(struct arena *arena, long size)
{
    char *answer = arena_take(arena, size);
    answer[size - 1] = 'x';
    long sum = size + (answer[size - 1] == 'x');
    arena_reset(arena); /* FIX: a request's memory goes with the request */
    return sum;
}
