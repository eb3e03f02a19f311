#include "banner.h"

#include <stdio.h>
#include <stdlib.h>

#include "yard.h"

enum { BANNER_SIZE = 4099 };

YARD_SITE int banner_read(int host, char **banner)
{
    char *text = malloc(BANNER_SIZE); /* ALLOC */
    if (text == NULL)
        abort();
    yard_born(1);
    snprintf(text, BANNER_SIZE, "%d mail.example ESMTP ready", 220 + host);
    if (host % 2 == 1) { /* it speaks another protocol */
        banner_free(text);
        return -1;
    }
    *banner = text;
    return 0;
}

void banner_free(char *banner)
{
    free(banner);
    yard_died(1);
}

long yard_round(void)
{
    long sum = 0;
    for (int host = 0; host < 4; host++)
        sum += greet(host);
    return sum;
}
