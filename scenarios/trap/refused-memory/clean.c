/* Takes pictures as large as memory allows, and smaller ones where it does not. */
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { THUMBNAIL_SIZE = 6007 };

YARD_SITE static unsigned char *picture_new(size_t size)
{
    return malloc(size); /* ALLOC */
}

/* SIZE comes from a file's header, and need not tell the truth. */
static long picture_show(const char *size)
{
    unsigned char *picture = picture_new(strtoull(size, NULL, 10));
    if (picture == NULL) {
        picture = picture_new(THUMBNAIL_SIZE);
        if (picture == NULL)
            abort();
        yard_born(1);
        memset(picture, 3, THUMBNAIL_SIZE);
        long shade = picture[THUMBNAIL_SIZE - 1];
        free(picture);
        yard_died(1);
        return shade;
    }
    free(picture);
    return 0;
}

/* 64 TiB: no machine has the address space. */
long yard_round(void)
{
    return picture_show("70368744177664") + picture_show("4096");
}
