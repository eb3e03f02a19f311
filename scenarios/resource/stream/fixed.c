#include "log.h"

#include "yard.h"

YARD_SITE void log_rotate(struct log *log)
{
    if (log->stream != NULL)
        log_close(log->stream); /* FIX: close the old one before the new one takes its place */
    log->stream = log_open();
    log->written = 0;
}
