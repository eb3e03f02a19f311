/* Pages from a scanner, at full resolution. */
#pragma once

unsigned char *scan_read(int number);
long scan_darkness(const unsigned char *scan);
void scan_free(unsigned char *scan);

/* How dark page NUMBER is. */
long page_import(int number);
