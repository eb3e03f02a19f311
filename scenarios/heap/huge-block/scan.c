#include "scan.h"

#include <stdlib.h>

#include "yard.h"

enum { SCAN_SIZE = 3145741, LINE = 4096 };

/* The scanner gives one dot a line; the rest of the sheet is white. */
YARD_SITE unsigned char *scan_read(int number)
{
    unsigned char *scan = calloc(1, SCAN_SIZE); /* ALLOC */
    if (scan == NULL)
        abort();
    yard_born(1);
    for (long at = 0; at < SCAN_SIZE; at += LINE)
        scan[at] = (unsigned char)number;
    return scan;
}

long scan_darkness(const unsigned char *scan)
{
    long sum = 0;
    for (long at = 0; at < SCAN_SIZE; at += LINE)
        sum += scan[at];
    return sum;
}

void scan_free(unsigned char *scan)
{
    free(scan);
    yard_died(1);
}

/* A sheet: its front, and an empty back. */
long yard_round(void)
{
    return page_import(7) + page_import(0);
}
