/* How often each value occurs. */
#pragma once

enum { BUCKETS = 1027 };

struct histogram {
    long bucket[BUCKETS];
};

struct histogram *histogram_new(void);
/* The most frequent value. */
long histogram_mode(const struct histogram *histogram);
void histogram_free(struct histogram *histogram);

long report(const unsigned char *samples, long count);
