#include "index.h"

#include <sys/mman.h>
#include <unistd.h>

#include "yard.h"

YARD_SITE long search(int wanted)
{
    int file = index_file();
    const unsigned char *index = index_map(file);
    long hits = index_count(index, wanted);
    munmap((void *)index, INDEX_SIZE); /* FIX: what was mapped is unmapped */
    yard_died(1);
    close(file);
    return hits;
}
