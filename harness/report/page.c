#include "report/page.h"

#include <langinfo.h>
#include <locale.h>
#include <stdarg.h>
#include <string.h>

static bool locale_is_utf8(void)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    if (locale == (locale_t)0)
        return false;
    bool utf8 = strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0;
    freelocale(locale);
    return utf8;
}

void page_init(struct page *page, bool colour)
{
    *page =
        (struct page){.text = g_string_new(NULL), .colour = colour, .unicode = locale_is_utf8()};
}

void page_clear(struct page *page)
{
    g_string_free(page->text, TRUE);
    *page = (struct page){0};
}

static void begin_style(struct page *page, enum style style)
{
    static const char *const codes[] = {[STYLE_BOLD] = "\033[1m",
                                        [STYLE_DIM] = "\033[2m",
                                        [STYLE_GOOD] = "\033[32m",
                                        [STYLE_BAD] = "\033[1;31m",
                                        [STYLE_DOUBTFUL] = "\033[33m"};
    if (page->colour && style != STYLE_PLAIN)
        g_string_append(page->text, codes[style]);
}

static void end_style(struct page *page, enum style style)
{
    if (page->colour && style != STYLE_PLAIN)
        g_string_append(page->text, "\033[0m");
}

void page_add(struct page *page, enum style style, const char *format, ...)
{
    begin_style(page, style);
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(page->text, format, arguments);
    va_end(arguments);
    end_style(page, style);
}

void page_heading(struct page *page, const char *format, ...)
{
    g_string_append_c(page->text, '\n');
    begin_style(page, STYLE_BOLD);
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(page->text, format, arguments);
    va_end(arguments);
    end_style(page, STYLE_BOLD);
    g_string_append_c(page->text, '\n');
}

void page_spaces(struct page *page, guint count)
{
    for (guint i = 0; i < count; i++)
        g_string_append_c(page->text, ' ');
}

void page_end_line(struct page *page)
{
    while (page->text->len > 0 && page->text->str[page->text->len - 1] == ' ')
        g_string_truncate(page->text, page->text->len - 1);
    g_string_append_c(page->text, '\n');
}

void page_list(struct page *page, guint indent, const GPtrArray *items, const char *separator)
{
    guint column = 0;
    for (guint i = 0; i < items->len; i++) {
        const char *item = g_ptr_array_index(items, i);
        bool last = i + 1 == items->len;
        guint width = display_width(item) + (last ? 0 : display_width(separator));
        if (column > 0 && column + width > PAGE_WIDTH) {
            page_end_line(page);
            column = 0;
        }
        if (column == 0) {
            page_spaces(page, indent);
            column = indent;
        }
        page_add(page, STYLE_PLAIN, "%s%s", item, last ? "" : separator);
        column += width;
    }
    page_end_line(page);
}

guint display_width(const char *text)
{
    guint width = 0;
    for (const char *i = text; *i != '\0'; i = g_utf8_next_char(i)) {
        gunichar character = g_utf8_get_char(i);
        if (!g_unichar_iszerowidth(character))
            width += g_unichar_iswide(character) ? 2 : 1;
    }
    return width;
}

static void add_row(struct page *page, guint indent, char *const *row, const char *alignment,
                    const guint *widths, enum style style)
{
    page_spaces(page, indent);
    for (gsize i = 0; alignment[i] != '\0'; i++) {
        guint padding = widths[i] - display_width(row[i]);
        if (alignment[i] == 'r')
            page_spaces(page, padding);
        page_add(page, style, "%s", row[i]);
        if (alignment[i] == 'l')
            page_spaces(page, padding);
        page_spaces(page, 2);
    }
    page_end_line(page);
}

void page_table(struct page *page, guint indent, const GPtrArray *rows, const char *alignment)
{
    g_autofree guint *widths = g_new0(guint, strlen(alignment));
    for (guint i = 0; i < rows->len; i++)
        for (gsize j = 0; alignment[j] != '\0'; j++)
            widths[j] = MAX(widths[j], display_width(((GStrv)g_ptr_array_index(rows, i))[j]));
    for (guint i = 0; i < rows->len; i++)
        add_row(page, indent, g_ptr_array_index(rows, i), alignment, widths,
                i == 0 ? STYLE_DIM : STYLE_PLAIN);
}
