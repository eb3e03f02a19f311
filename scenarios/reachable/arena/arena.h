/* Memory that is taken piece by piece and given back all at once. */
#pragma once

struct arena {
    struct chunk *chunks;
    long left; /* in the newest chunk */
};

char *arena_take(struct arena *arena, long size);
void arena_reset(struct arena *arena);

long request(struct arena *arena, long size);
