#include "page.h"

#include <stdlib.h>

enum { DOTS = 6007 };

struct page {
    unsigned char dots[DOTS];
};

struct page *page_new(void)
{
    return malloc(sizeof(struct page)); /* ALLOC */
}

void page_free(struct page *page)
{
    free(page);
}

long page_read(struct page *page, int receipt)
{
    long cents = 0;
    for (int i = 0; i < DOTS; i++) {
        page->dots[i] = (unsigned char)(i * receipt % 251);
        cents += page->dots[i] > 240;
    }
    return cents;
}
