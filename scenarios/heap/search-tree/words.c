#include "words.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { WORD_SIZE = 2909 };

YARD_SITE char *word_new(const char *text)
{
    char *word = malloc(WORD_SIZE); /* ALLOC */
    if (word == NULL)
        abort();
    yard_born(1);
    memset(word, 0, WORD_SIZE);
    snprintf(word, WORD_SIZE, "%s", text);
    return word;
}

void word_free(void *word)
{
    free(word);
    yard_died(1);
}

void word_leave(void *word)
{
    (void)word;
}

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Counts different words. */
long yard_round(void)
{
    static const char *const text[] = {"a", "rose", "is", "a", "rose"};
    void *root = NULL;
    long different = 0;
    for (unsigned i = 0; i < sizeof text / sizeof *text; i++) {
        if (tfind(text[i], &root, compare) != NULL)
            continue;
        if (tsearch(word_new(text[i]), &root, compare) == NULL)
            abort();
        different++;
    }
    index_drop(root);
    return different;
}
