#include "primer.h"

#include <string.h>

static const char primer[] = "GATC";

long primer_sites(const char *bases)
{
    long sites = 0;
    for (const char *at = strstr(bases, primer); at != NULL; at = strstr(at + 1, primer))
        sites++;
    return sites;
}
