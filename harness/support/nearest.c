#include "support/nearest.h"

#include <stdbool.h>
#include <string.h>

#define MOST_SHOWN   3
#define LONGEST_WORD 100
#define FAR          G_MAXUINT

static bool same(char first, char second)
{
    return g_ascii_tolower(first) == g_ascii_tolower(second);
}

/* Slips that make one word of the other: a letter too many, too few, wrong, or two
 * neighbours swapped; case apart. */
static guint distance(const char *first, const char *second)
{
    guint slips[LONGEST_WORD + 1][LONGEST_WORD + 1];
    guint rows = (guint)strlen(first), columns = (guint)strlen(second);
    for (guint i = 0; i <= rows; i++)
        for (guint j = 0; j <= columns; j++) {
            if (i == 0 || j == 0) {
                slips[i][j] = i + j;
                continue;
            }
            guint wrong = slips[i - 1][j - 1] + !same(first[i - 1], second[j - 1]);
            slips[i][j] = MIN(wrong, MIN(slips[i - 1][j], slips[i][j - 1]) + 1);
            if (i > 1 && j > 1 && same(first[i - 1], second[j - 2]) &&
                same(first[i - 2], second[j - 1]))
                slips[i][j] = MIN(slips[i][j], slips[i - 2][j - 2] + 1);
        }
    return slips[rows][columns];
}

/* How far OTHER is from WORD, or FAR if nobody would mistake one for the other. */
static guint distance_if_near(const char *word, const char *other)
{
    gsize length = strlen(word), other_length = strlen(other);
    gsize shorter = MIN(length, other_length);
    if (shorter < 2 || MAX(length, other_length) > LONGEST_WORD)
        return FAR;
    guint slips = distance(word, other);
    return slips <= MAX(1, shorter / 4) ? slips : FAR;
}

char *nearest_words(const char *word, const char *const *words, gsize count)
{
    guint nearest = FAR;
    for (gsize i = 0; i < count; i++)
        nearest = MIN(nearest, distance_if_near(word, words[i]));
    g_autoptr(GString) text = g_string_new(NULL);
    guint shown = 0;
    for (gsize i = 0; nearest != FAR && i < count && shown < MOST_SHOWN; i++)
        if (distance_if_near(word, words[i]) == nearest)
            g_string_append_printf(text, "%s'%s'", shown++ ? " or " : ": did you mean ", words[i]);
    if (shown > 0)
        g_string_append_c(text, '?');
    return g_string_free(g_steal_pointer(&text), false);
}
