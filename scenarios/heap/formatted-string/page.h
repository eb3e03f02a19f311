/* Prints pages with a heading to the right. */
#pragma once

enum { PAGE_WIDTH = 3000 };

/* How wide TEXT is. */
long page_put(const char *text);
long page_print(int number);
