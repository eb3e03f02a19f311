#include "filter.h"

#include <unistd.h>

#include "yard.h"

YARD_SITE long filter(const char *text)
{
    int ends[2];
    filter_pipe(ends);
    long written = filter_feed(ends[1], text);
    close(ends[1]);
    yard_died(1);
    long words = filter_count(ends[0]);
    return written + words; /* LEAK: the end that was read from stays open */
}
