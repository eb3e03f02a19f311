#include "support/nearest.h"

#include <stdbool.h>
#include <string.h>

#define MOST_SHOWN   3
#define LONGEST_WORD 100

/* Letters to insert, delete or replace, case apart, to make one word of the other. */
static guint distance(const char *first, const char *second)
{
    gsize length = strlen(second);
    guint row[LONGEST_WORD + 1];
    for (guint j = 0; j <= length; j++)
        row[j] = j;
    for (guint i = 1; first[i - 1] != '\0'; i++) {
        guint diagonal = row[0];
        row[0] = i;
        for (guint j = 1; j <= length; j++) {
            guint above = row[j];
            bool same = g_ascii_tolower(first[i - 1]) == g_ascii_tolower(second[j - 1]);
            row[j] = MIN(diagonal + !same, MIN(above, row[j - 1]) + 1);
            diagonal = above;
        }
    }
    return row[length];
}

static bool is_near(const char *word, const char *other)
{
    gsize length = strlen(word);
    if (length == 0 || length > LONGEST_WORD || strlen(other) > LONGEST_WORD)
        return false;
    return distance(word, other) <= MAX(1, MIN(length, strlen(other)) / 4);
}

char *nearest_words(const char *word, const char *const *words, gsize count)
{
    g_autoptr(GString) text = g_string_new(NULL);
    guint shown = 0;
    for (gsize i = 0; i < count && shown < MOST_SHOWN; i++) {
        if (!is_near(word, words[i]))
            continue;
        g_string_append_printf(text, "%s'%s'", shown++ ? " or " : ": did you mean ", words[i]);
    }
    if (shown > 0)
        g_string_append_c(text, '?');
    return g_string_free(g_steal_pointer(&text), false);
}
