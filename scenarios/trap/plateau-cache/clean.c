/* Thumbnails of a picture gallery, at most so many in memory. */
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { CACHE_SLOTS = 96, GALLERY = 700, THUMBNAIL_SIZE = 33331 };

struct slot {
    long picture; /* 0: empty */
    unsigned char *thumbnail;
};

/* Never freed: the process ends with it. */
static struct slot cache[CACHE_SLOTS];

static void thumbnail_free(unsigned char *thumbnail)
{
    if (thumbnail != NULL)
        yard_died(1);
    free(thumbnail);
}

/* Scales a picture down; here, paints one that depends on its number. */
YARD_SITE static unsigned char *thumbnail_new(long picture)
{
    unsigned char *thumbnail = malloc(THUMBNAIL_SIZE); /* ALLOC */
    if (thumbnail == NULL)
        abort();
    memset(thumbnail, (int)(picture % 251), THUMBNAIL_SIZE);
    yard_born(1);
    return thumbnail;
}

/* A picture has one slot to be in; whatever was there makes room. */
YARD_SITE static const unsigned char *thumbnail_of(long picture)
{
    struct slot *slot = &cache[picture % CACHE_SLOTS];
    if (slot->picture != picture) {
        thumbnail_free(slot->thumbnail);
        *slot = (struct slot){.picture = picture, .thumbnail = thumbnail_new(picture)};
    }
    return slot->thumbnail;
}

/* A visitor leafs through six pictures, then goes back to the first. */
long yard_round(void)
{
    static long visited;
    long shades = 0;
    for (long i = 0; i < 6; i++)
        shades += *thumbnail_of(1 + (visited + i) % GALLERY);
    shades += *thumbnail_of(1 + visited % GALLERY);
    visited += 6;
    return shades;
}
