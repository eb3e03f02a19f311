/* Shows a table page by page. */
#pragma once

enum { PAGE_ROWS = 5 };

/* Sums the rows of the first page; adds 1 if there are more to come. */
long first_page(void);
