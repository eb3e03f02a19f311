#include "filter.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "yard.h"

YARD_SITE void filter_pipe(int ends[2])
{
    if (pipe2(ends, O_CLOEXEC) < 0) /* ALLOC */
        abort();
    yard_born(2);
}

long filter_feed(int end, const char *text)
{
    return write(end, text, strlen(text));
}

long filter_count(int end)
{
    long words = 0;
    char letter, before = ' ';
    while (read(end, &letter, 1) == 1) {
        words += letter != ' ' && before == ' ';
        before = letter;
    }
    return words;
}

long yard_round(void)
{
    return filter("a pipe has two ends");
}
