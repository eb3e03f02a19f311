#include "banner.h"

#include <stddef.h>

#include "yard.h"

YARD_SITE long greet(int host)
{
    char *banner = NULL;
    if (banner_read(host, &banner) < 0)
        return 0;     /* nothing was handed over */
    return banner[0]; /* LEAK: on success the banner is ours, and nobody frees it */
}
