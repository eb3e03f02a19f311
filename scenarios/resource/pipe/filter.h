/* Counts words as they come out of a pipe. */
#pragma once

void filter_pipe(int ends[2]);
long filter_feed(int end, const char *text);
/* Reads to the end of file. */
long filter_count(int end);

/* Bytes and words of TEXT, added up. */
long filter(const char *text);
