/* A log that is begun anew when it is full. */
#pragma once

#include <stdio.h>

struct log {
    FILE *stream;
    long written;
};

FILE *log_open(void);
void log_close(FILE *stream);

/* Begins the log's next file. */
void log_rotate(struct log *log);
