#include "report.h"

#include <stdio.h>
#include <stdlib.h>

#include "yard.h"

YARD_SITE long report_send(long from, long to)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length); /* ALLOC */
    if (stream == NULL)
        abort();
    yard_born(1);
    report_write(stream, from, to);
    fclose(stream);
    return (long)length; /* LEAK: the stream is closed, its text is ours to free */
}
