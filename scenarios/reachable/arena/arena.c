#include "arena.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { CHUNK_SIZE = 8192 };

struct chunk {
    struct chunk *next;
    char space[CHUNK_SIZE];
};

YARD_SITE static void arena_grow(struct arena *arena)
{
    struct chunk *chunk = malloc(sizeof *chunk); /* ALLOC */
    if (chunk == NULL)
        abort();
    yard_born(1);
    memset(chunk, 0, sizeof *chunk);
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    arena->left = CHUNK_SIZE;
}

YARD_SITE char *arena_take(struct arena *arena, long size)
{
    if (arena->left < size)
        arena_grow(arena);
    arena->left -= size;
    return arena->chunks->space + arena->left;
}

void arena_reset(struct arena *arena)
{
    while (arena->chunks != NULL) {
        struct chunk *next = arena->chunks->next;
        free(arena->chunks);
        yard_died(1);
        arena->chunks = next;
    }
    arena->left = 0;
}
