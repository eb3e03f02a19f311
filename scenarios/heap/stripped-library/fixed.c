#include "lexicon/lexicon.h"
#include "spell.h"
#include "yard.h"

YARD_SITE long spell_check(const char *language, const char *word)
{
    struct lexicon *lexicon = lexicon_open(language);
    long found = lexicon_has(lexicon, word);
    lexicon_close(lexicon); /* FIX: close what was opened */
    return found;
}
