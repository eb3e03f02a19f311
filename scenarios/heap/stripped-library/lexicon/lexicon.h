/* Words of a language. */
#pragma once

struct lexicon;

struct lexicon *lexicon_open(const char *language);
long lexicon_has(const struct lexicon *lexicon, const char *word);
void lexicon_close(struct lexicon *lexicon);
