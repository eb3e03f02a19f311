#include <math.h>

#include "judge/score.h"
#include "report/text.h"

static char *fraction(guint part, guint whole)
{
    return whole > 0 ? g_strdup_printf("%u/%u", part, whole) : g_strdup("-");
}

static char *number(gint64 value)
{
    return g_strdup_printf("%" G_GINT64_FORMAT, value);
}

static char *ratio(double value)
{
    return value > 0 ? g_strdup_printf("%.*fx", value < 10 ? 1 : 0, value) : g_strdup("-");
}

static char *score_text(const struct tally *tally)
{
    if (!isfinite(tally->score) || tally->leaky + tally->sound == 0)
        return g_strdup("-");
    return g_strdup_printf("%+.2f [%+.2f, %+.2f]", tally->score, tally->low, tally->high);
}

static char *title(const struct score *score, const GPtrArray *scores)
{
    for (guint i = 0; i < scores->len; i++) {
        const struct score *other = g_ptr_array_index(scores, i);
        if (other != score && g_strcmp0(other->detector, score->detector) == 0)
            return g_strdup_printf("%s@%s", score->detector, score->flavour);
    }
    return g_strdup(score->detector);
}

/* Takes over the strings that follow, up to a NULL. */
static GStrv row(char *first, ...) G_GNUC_NULL_TERMINATED;
static GStrv row(char *first, ...)
{
    g_autoptr(GPtrArray) fields = g_ptr_array_new();
    va_list arguments;
    va_start(arguments, first);
    for (char *field = first; field != NULL; field = va_arg(arguments, char *))
        g_ptr_array_add(fields, field);
    va_end(arguments);
    g_ptr_array_add(fields, NULL);
    return (GStrv)g_ptr_array_steal(fields, NULL);
}

static GPtrArray *table_new(char **heading)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    g_ptr_array_add(rows, g_strdupv(heading));
    return rows;
}

static void add_counts(struct page *page, const GPtrArray *scores)
{
    char *heading[] = {"detector", "found", "all",    "missed", "far",    "alarms", "located",
                       "counted",  "noise", "errors", "wall",   "memory", NULL};
    g_autoptr(GPtrArray) rows = table_new(heading);
    for (guint i = 0; i < scores->len; i++) {
        const struct score *score = g_ptr_array_index(scores, i);
        const struct tally *all = &score->all, *claimed = &score->claimed;
        g_ptr_array_add(rows,
                        row(title(score, scores), fraction(claimed->found, claimed->leaky),
                            fraction(all->found, all->leaky), number(all->missed),
                            number(all->out_of_reach), fraction(all->false_alarms, all->sound),
                            fraction(all->located, all->found), fraction(all->counted, all->found),
                            number(all->noise), number(all->errors), ratio(score->wall_ratio),
                            ratio(score->memory_ratio), NULL));
    }
    page_table(page, 2, rows, "lrrrrrrrrrrr");
    page_add(
        page, STYLE_DIM,
        "  found: of the leaks it claims to see, and of all in its language; far: out of reach, "
        "as it looks\n  at exit and the program never exits; located to the function, and "
        "units counted exactly, of\n  those found; noise: findings elsewhere; wall and memory: "
        "over the plain run");
    page_end_line(page);
}

static void add_scores(struct page *page, const GPtrArray *scores)
{
    char *heading[] = {"detector", "over what it claims", "over all of its language", "version",
                       NULL};
    g_autoptr(GPtrArray) rows = table_new(heading);
    for (guint i = 0; i < scores->len; i++) {
        const struct score *score = g_ptr_array_index(scores, i);
        g_ptr_array_add(rows, row(title(score, scores), score_text(&score->claimed),
                                  score_text(&score->all),
                                  g_strdup(score->version ? score->version : ""), NULL));
    }
    page_heading(page, "Score: true less false positive rate, mean of classes [95 %% interval]");
    page_table(page, 2, rows, "lrrl");
}

void scorecard_add(struct page *page, const struct report_input *input)
{
    g_autoptr(GPtrArray) scores = score_results(input->results);
    if (scores->len == 0)
        return;
    page_heading(page, "Scorecard");
    add_counts(page, scores);
    add_scores(page, scores);
}
