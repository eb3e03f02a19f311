#include "banner.h"

#include <stddef.h>

#include "yard.h"

YARD_SITE long greet(int host)
{
    char *banner = NULL;
    if (banner_read(host, &banner) < 0)
        return 0; /* nothing was handed over */
    long first = banner[0];
    banner_free(banner); /* FIX: what was handed over is given back */
    return first;
}
