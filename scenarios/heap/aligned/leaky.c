#include "camera.h"

#include <stddef.h>

#include "yard.h"

YARD_SITE long expose(int milliseconds)
{
    unsigned char *picture = picture_new();
    if (milliseconds > 1000) {
        picture = NULL; /* LEAK: thrown away is not given back */
        return -1;
    }
    long light = picture_take(picture, milliseconds);
    picture_free(picture);
    return light;
}
