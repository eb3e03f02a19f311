#include "lexicon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

struct lexicon {
    char words[5659];
};

struct lexicon *lexicon_open(const char *language)
{
    struct lexicon *lexicon = malloc(sizeof *lexicon); /* ALLOC */
    if (lexicon == NULL)
        abort();
    yard_born(1);
    memset(lexicon, 0, sizeof *lexicon);
    snprintf(lexicon->words, sizeof lexicon->words, "%s: ledger yard proof", language);
    return lexicon;
}

long lexicon_has(const struct lexicon *lexicon, const char *word)
{
    return strstr(lexicon->words, word) != NULL;
}

void lexicon_close(struct lexicon *lexicon)
{
    free(lexicon);
    yard_died(1);
}
