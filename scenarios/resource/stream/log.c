#include "log.h"

#include <stdlib.h>

#include "yard.h"

enum { ENTRIES = 9 };

YARD_SITE FILE *log_open(void)
{
    FILE *stream = fopen("/dev/null", "w"); /* ALLOC */
    if (stream == NULL)
        abort();
    yard_born(1);
    return stream;
}

void log_close(FILE *stream)
{
    fclose(stream);
    yard_died(1);
}

/* The log of one worker: it is full once. */
long yard_round(void)
{
    struct log log = {0};
    long written = 0;
    for (int entry = 0; entry < 2 * ENTRIES; entry++) {
        if (log.written % ENTRIES == 0)
            log_rotate(&log);
        fprintf(log.stream, "entry %d\n", entry);
        log.written++;
        written++;
    }
    log_close(log.stream);
    return written;
}
