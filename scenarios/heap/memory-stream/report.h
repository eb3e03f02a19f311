/* Squares, as a text. */
#pragma once

#include <stdio.h>

void report_write(FILE *stream, long from, long to);
/* Bytes sent. */
long report_send(long from, long to);
