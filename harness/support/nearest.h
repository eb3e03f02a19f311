/*
 * What somebody may have meant who mistyped a word.
 */
#pragma once

#include <glib.h>

/* Those of WORDS that are closest to WORD, as ": did you mean 'a' or 'b'?"; "" if
 * none is close. Free with g_free. */
char *nearest_words(const char *word, const char *const *words, gsize count);
