#include "scan.h"

#include "yard.h"

YARD_SITE long page_import(int number)
{
    unsigned char *scan = scan_read(number);
    long dark = scan_darkness(scan);
    if (dark == 0) /* LEAK: only the empty page's scan is thrown away */
        scan_free(scan);
    return dark;
}
