#include "count.h"

#include <stdio.h>
#include <stdlib.h>

#include "yard.h"

YARD_SITE long count_lines(const char *path)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    long lines = 0;
    if (file == NULL)
        return -1;
    while (getline(&line, &room, file) > 0) /* ALLOC */
        lines++;
    yard_born(1);
    free(line); /* FIX: one buffer for all lines, freed after the last */
    yard_died(1);
    fclose(file);
    return lines;
}
