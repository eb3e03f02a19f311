/* The words of a language, packed for fast lookup. */
#pragma once

#include <stdbool.h>

struct wordlist;

/* NULL if memory is short. Lives until the process ends. */
struct wordlist *wordlist_load(int language);

bool wordlist_has(const struct wordlist *wordlist, unsigned word);
