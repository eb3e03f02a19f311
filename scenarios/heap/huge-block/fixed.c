#include "scan.h"

#include "yard.h"

YARD_SITE long page_import(int number)
{
    unsigned char *scan = scan_read(number);
    long dark = scan_darkness(scan);
    scan_free(scan); /* FIX: every page's scan is */
    return dark;
}
