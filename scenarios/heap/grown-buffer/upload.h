/* Uploads come in pieces. */
#pragma once

#include <stddef.h>

enum { PIECE = 3000, LAST_SIZE = 9001 };

struct buffer {
    char *bytes;
    size_t length;
};

void buffer_append(struct buffer *buffer, const char *bytes, size_t length);
long buffer_sum(const struct buffer *buffer);
void buffer_clear(struct buffer *buffer);

/* The checksum of an upload of so many PIECEs. */
long upload_check(const char *piece, int pieces);
