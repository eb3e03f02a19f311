#include <string.h>

#include "report/cell.h"
#include "report/text.h"

/* What one variant's result is shown as. */
enum mark {
    MARK_FOUND,
    MARK_MISSED,
    MARK_UNCLAIMED,
    MARK_OUT_OF_REACH,
    MARK_SYMPTOM,
    MARK_CLEAN,
    MARK_FALSE_ALARM,
    MARK_ERROR,
    MARK_TIMEOUT,
    MARK_UNSUPPORTED,
    MARKS,
};

static const struct {
    const char *unicode, *ascii, *meaning;
    enum style style;
} marks[MARKS] = {
    [MARK_FOUND] = {"●", "F", "FOUND", STYLE_GOOD},
    [MARK_MISSED] = {"○", "M", "MISSED", STYLE_PLAIN},
    [MARK_UNCLAIMED] = {"·", ".", "MISSED, never claimed", STYLE_DIM},
    [MARK_OUT_OF_REACH] = {"∅", "x", "MISSED, out of reach", STYLE_PLAIN},
    [MARK_SYMPTOM] = {"◐", "s", "MISSED, a symptom seen", STYLE_DOUBTFUL},
    [MARK_CLEAN] = {"✓", "C", "CLEAN", STYLE_GOOD},
    [MARK_FALSE_ALARM] = {"!", "!", "FALSE_ALARM", STYLE_DOUBTFUL},
    [MARK_ERROR] = {"E", "E", "ERROR", STYLE_DOUBTFUL},
    [MARK_TIMEOUT] = {"T", "T", "TIMEOUT", STYLE_DOUBTFUL},
    [MARK_UNSUPPORTED] = {"-", "-", "UNSUPPORTED", STYLE_DIM},
};

/* What stands behind a pair of marks; a later one outweighs an earlier one. */
enum flag {
    FLAG_NONE,
    FLAG_DEVIATION,
    FLAG_UNRECORDED,
    FLAG_UNSTEADY,
    FLAG_DIFFERS,
    FLAGS,
};

static const struct {
    char letter;
    const char *meaning;
    enum style style;
} flags[FLAGS] = {
    [FLAG_NONE] = {' ', "", STYLE_PLAIN},
    [FLAG_DEVIATION] = {'~', "known deviation", STYLE_DIM},
    [FLAG_UNRECORDED] = {'?', "unrecorded, and not the truth", STYLE_DOUBTFUL},
    [FLAG_UNSTEADY] = {'%', "varies over repetitions", STYLE_DOUBTFUL},
    [FLAG_DIFFERS] = {'*', "differs from what is expected", STYLE_BAD},
};

/* One screenful's worth of columns. */
struct band {
    const GPtrArray *columns;
    guint first, end;
    guint label_width;
};

struct legend {
    bool marks[MARKS];
    bool flags[FLAGS];
};

#define CELL_WIDTH 4 /* two marks, a flag, a space */

static enum mark mark_of_missed(const Yard__Result *result)
{
    if (result->symptom)
        return MARK_SYMPTOM;
    if (result->out_of_reach)
        return MARK_OUT_OF_REACH;
    return result->claimed ? MARK_MISSED : MARK_UNCLAIMED;
}

static enum mark mark_of(const Yard__Result *result)
{
    switch (result->verdict) {
    case YARD__RESULT__VERDICT__FOUND:
        return MARK_FOUND;
    case YARD__RESULT__VERDICT__MISSED:
        return mark_of_missed(result);
    case YARD__RESULT__VERDICT__CLEAN:
        return MARK_CLEAN;
    case YARD__RESULT__VERDICT__FALSE_ALARM:
        return MARK_FALSE_ALARM;
    case YARD__RESULT__VERDICT__TIMEOUT:
        return MARK_TIMEOUT;
    case YARD__RESULT__VERDICT__UNSUPPORTED:
        return MARK_UNSUPPORTED;
    default:
        return MARK_ERROR;
    }
}

static enum flag flag_of(const struct cell *cell)
{
    const Yard__Result *result = cell_result(cell);
    if (result_fails(result))
        return FLAG_DIFFERS;
    if (!cell_is_steady(cell))
        return FLAG_UNSTEADY;
    if (result_is_unrecorded(result) && result->has_expected && result->expected != result->verdict)
        return FLAG_UNRECORDED;
    return result_deviates(result) ? FLAG_DEVIATION : FLAG_NONE;
}

/* Adds the mark of CELL, or a blank for NULL. Returns its flag. */
static enum flag add_mark(struct page *page, const struct cell *cell, struct legend *legend)
{
    if (cell == NULL) {
        page_spaces(page, 1);
        return FLAG_NONE;
    }
    enum mark mark = mark_of(cell_result(cell));
    enum flag flag = flag_of(cell);
    legend->marks[mark] = legend->flags[flag] = true;
    page_add(page, flag == FLAG_NONE ? marks[mark].style : flags[flag].style, "%s",
             page->unicode ? marks[mark].unicode : marks[mark].ascii);
    return flag;
}

static void add_pair(struct page *page, const struct cell *leaky, const struct cell *sound,
                     struct legend *legend)
{
    enum flag first = add_mark(page, leaky, legend);
    enum flag second = add_mark(page, sound, legend);
    enum flag flag = MAX(first, second);
    page_add(page, flags[flag].style, "%c", flags[flag].letter);
    page_spaces(page, 1);
}

/* The cell of COLUMN among the COUNT cells of one scenario, leaky or sound; or NULL. */
static const struct cell *find_cell(const struct cell *cells, guint count, const GPtrArray *columns,
                                    const struct column *column, bool leaky)
{
    for (guint i = 0; i < count; i++) {
        const Yard__Result *result = cells[i].results[0];
        if ((result->variant == YARD__VARIANT__LEAKY) == leaky &&
            column_of(columns, result) == column)
            return &cells[i];
    }
    return NULL;
}

static const char *name_of(const char *id)
{
    const char *slash = strchr(id, '/');
    return slash ? slash + 1 : id;
}

static void add_row(struct page *page, const struct band *band, const struct cell *cells,
                    guint count, struct legend *legend)
{
    const char *name = name_of(cells[0].results[0]->scenario);
    page_add(page, STYLE_PLAIN, "  %s", name);
    page_spaces(page, band->label_width - 2 - display_width(name));
    for (guint i = band->first; i < band->end; i++) {
        const struct column *column = g_ptr_array_index(band->columns, i);
        add_pair(page, find_cell(cells, count, band->columns, column, true),
                 find_cell(cells, count, band->columns, column, false), legend);
    }
    page_end_line(page);
}

/* Headings as a staircase: each name stands above its column, none is cut short. */
static void add_headings(struct page *page, const struct band *band)
{
    for (guint i = band->first; i < band->end; i++) {
        const struct column *column = g_ptr_array_index(band->columns, i);
        page_spaces(page, band->label_width);
        for (guint j = band->first; j < i; j++)
            page_add(page, STYLE_DIM, "|%*s", CELL_WIDTH - 1, "");
        page_add(page, STYLE_BOLD, "%s", column->title);
        page_end_line(page);
    }
}

static void add_rows(struct page *page, const struct band *band, const GArray *cells,
                     struct legend *legend)
{
    g_autofree char *class_name = NULL;
    for (guint i = 0; i < cells->len;) {
        const struct cell *first = &g_array_index(cells, struct cell, i);
        const char *id = first->results[0]->scenario;
        guint count = 0;
        while (i < cells->len &&
               strcmp(g_array_index(cells, struct cell, i).results[0]->scenario, id) == 0) {
            count++;
            i++;
        }
        g_autofree char *class_here = class_of(id);
        if (g_strcmp0(class_name, class_here) != 0) {
            page_add(page, STYLE_BOLD, "%s", class_here);
            page_end_line(page);
            g_free(class_name);
            class_name = g_steal_pointer(&class_here);
        }
        add_row(page, band, first, count, legend);
    }
}

static void add_legend(struct page *page, const struct legend *legend)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(items, g_strdup("leaky then fixed:"));
    for (guint i = 0; i < MARKS; i++)
        if (legend->marks[i])
            g_ptr_array_add(
                items, g_strdup_printf("%s %s", page->unicode ? marks[i].unicode : marks[i].ascii,
                                       marks[i].meaning));
    for (guint i = FLAG_NONE + 1; i < FLAGS; i++)
        if (legend->flags[i])
            g_ptr_array_add(items, g_strdup_printf("%c %s", flags[i].letter, flags[i].meaning));
    page_end_line(page);
    page_list(page, 0, items, "  ");
}

/* As many columns from FIRST as fit the page, at least one. */
static guint band_end(const GPtrArray *columns, guint first, guint label_width)
{
    guint end = first;
    while (end < columns->len) {
        const struct column *column = g_ptr_array_index(columns, end);
        guint heading = label_width + (end - first) * CELL_WIDTH + display_width(column->title);
        if (end > first && heading > PAGE_WIDTH)
            break;
        end++;
    }
    return end;
}

void matrix_add(struct page *page, const struct report_input *input)
{
    g_autoptr(GPtrArray) columns = columns_of(input->results);
    g_autoptr(GArray) cells = cells_of(input->results);
    guint label_width = 0;
    for (guint i = 0; i < cells->len; i++) {
        const struct cell *cell = &g_array_index(cells, struct cell, i);
        label_width = MAX(label_width, display_width(name_of(cell->results[0]->scenario)) + 4);
    }
    struct legend legend = {0};
    for (guint first = 0; first < columns->len;) {
        guint end = band_end(columns, first, label_width);
        struct band band = {columns, first, end, label_width};
        page_end_line(page);
        add_headings(page, &band);
        add_rows(page, &band, cells, &legend);
        first = end;
    }
    add_legend(page, &legend);
}
