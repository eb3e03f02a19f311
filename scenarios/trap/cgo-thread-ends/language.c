#include "language.h"

static _Thread_local int chosen; /* 0: not yet */

int language_choose(int language)
{
    if (chosen != 0)
        return -1;
    chosen = language;
    return 0;
}

long language_length(int message)
{
    return 20 + message * chosen % 60;
}
