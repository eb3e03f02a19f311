/*
 * Text for people: styles that vanish without colour, columns that line up
 * whatever the letters, and a plain alphabet where the locale has no UTF-8.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define PAGE_WIDTH 100

enum style {
    STYLE_PLAIN,
    STYLE_BOLD,
    STYLE_DIM,
    STYLE_GOOD,
    STYLE_BAD,
    STYLE_DOUBTFUL,
};

struct page {
    GString *text;
    bool colour;
    bool unicode;
};

/* Looks at the locale's character set. */
void page_init(struct page *page, bool colour);
void page_clear(struct page *page);

void page_add(struct page *page, enum style style, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* A bold line with a blank one before it. */
void page_heading(struct page *page, const char *format, ...) G_GNUC_PRINTF(2, 3);
void page_spaces(struct page *page, guint count);
/* Ends the line, and cuts the spaces it ends with. */
void page_end_line(struct page *page);
/* Adds ITEMS (char *) with commas, broken into lines that begin with INDENT spaces. */
void page_list(struct page *page, guint indent, const GPtrArray *items, const char *separator);

/* Adds ROWS (GStrv, the first one is the heading) as aligned columns: ALIGNMENT
 * has an 'l' or 'r' for each. */
void page_table(struct page *page, guint indent, const GPtrArray *rows, const char *alignment);

/* Columns that TEXT takes on a terminal. */
guint display_width(const char *text);
