/* Scratch paper for reading receipts. Who gets one from page_new frees it with
 * page_free; it can be used as often as one likes. */
#pragma once

struct page;

/* NULL if memory is short. */
struct page *page_new(void);
void page_free(struct page *page);

/* Reads a receipt. Returns what it comes to, in cents. */
long page_read(struct page *page, int receipt);
