#include "camera.h"

#include <stddef.h>

#include "yard.h"

YARD_SITE long expose(int milliseconds)
{
    unsigned char *picture = picture_new();
    if (milliseconds > 1000) {
        picture_free(picture); /* FIX: a picture that failed is given back too */
        return -1;
    }
    long light = picture_take(picture, milliseconds);
    picture_free(picture);
    return light;
}
