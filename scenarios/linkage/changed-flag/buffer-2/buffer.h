/* buffer 2.1: bytes may be borrowed. */
#pragma once

/* What becomes of the bytes that a buffer is made of. */
enum buffer_mode {
    BUFFER_COPIES,  /* the caller keeps them */
    BUFFER_BORROWS, /* likewise, and the buffer points to them */
    BUFFER_TAKES,   /* the buffer frees them */
};

struct buffer;
struct buffer *buffer_new(char *bytes, long length, enum buffer_mode mode);
long buffer_sum(const struct buffer *buffer);
void buffer_free(struct buffer *buffer);

/* Bytes that a buffer can take. */
char *bytes_new(int letter, long length);
