/* A search index in a file. */
#pragma once

enum { INDEX_SIZE = 81920 };

/* A new descriptor of the index's file. */
int index_file(void);
const unsigned char *index_map(int file);
long index_count(const unsigned char *index, int wanted);

/* How often WANTED is in the index. */
long search(int wanted);
