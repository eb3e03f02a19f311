#include "index.h"

#include <sys/mman.h>
#include <unistd.h>

#include "yard.h"

YARD_SITE long search(int wanted)
{
    int file = index_file();
    const unsigned char *index = index_map(file);
    long hits = index_count(index, wanted);
    close(file); /* LEAK: the mapping stays: it needs the descriptor no longer */
    return hits;
}
