#include "lexicon/lexicon.h"
#include "spell.h"
#include "yard.h"

YARD_SITE long spell_check(const char *language, const char *word)
{
    struct lexicon *lexicon = lexicon_open(language);
    long found = lexicon_has(lexicon, word);
    return found; /* LEAK: the library opened it for us, and we close it never */
}
