#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

YARD_SITE struct part *part_draw(char letter)
{
    struct part *part = malloc(sizeof *part); /* ALLOC */
    if (part == NULL)
        abort();
    yard_born(1);
    memset(part, ' ', sizeof *part);
    snprintf(part->description, sizeof part->description, "part %c", letter);
    part->price = (unsigned char)(letter - 'a' + 10);
    return part;
}

void part_free(struct part *part)
{
    free(part);
    yard_died(1);
}
