#include "wordlist.h"

#include <stdlib.h>

enum { WORDLIST_BYTES = 7001 };

struct wordlist {
    unsigned char bits[WORDLIST_BYTES];
};

struct wordlist *wordlist_load(int language)
{
    struct wordlist *wordlist = malloc(sizeof *wordlist); /* ALLOC */
    if (wordlist == NULL)
        return NULL;
    for (int i = 0; i < WORDLIST_BYTES; i++)
        wordlist->bits[i] = (unsigned char)((i + 1) * (language + 3));
    return wordlist;
}

bool wordlist_has(const struct wordlist *wordlist, unsigned word)
{
    unsigned bit = word % (WORDLIST_BYTES * 8);
    return wordlist->bits[bit / 8] >> bit % 8 & 1;
}
