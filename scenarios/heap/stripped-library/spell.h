/* Checks spelling. */
#pragma once

/* 1 if WORD is in the lexicon of LANGUAGE, else 0. */
long spell_check(const char *language, const char *word);
