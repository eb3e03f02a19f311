#include "page.h"

#include <stdio.h>
#include <stdlib.h>

#include "yard.h"

YARD_SITE long page_print(int number)
{
    char *heading;
    if (asprintf(&heading, "%*d", PAGE_WIDTH, number) < 0) /* ALLOC */
        return -1;
    yard_born(1);
    long width = page_put(heading);
    return width; /* LEAK: printed, and not freed */
}
