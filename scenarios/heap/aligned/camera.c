#include "camera.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { PICTURE_SIZE = 10007, CACHE_LINE = 64 };

YARD_SITE unsigned char *picture_new(void)
{
    void *picture;
    if (posix_memalign(&picture, CACHE_LINE, PICTURE_SIZE) != 0) /* ALLOC */
        abort();
    yard_born(1);
    return memset(picture, 0, PICTURE_SIZE);
}

long picture_take(unsigned char *picture, int milliseconds)
{
    memset(picture, milliseconds % 256, PICTURE_SIZE);
    return picture[0];
}

void picture_free(unsigned char *picture)
{
    free(picture);
    yard_died(1);
}

long yard_round(void)
{
    return expose(20) + expose(1500) + expose(200);
}
