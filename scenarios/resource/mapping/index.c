#include "index.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "yard.h"

static unsigned char content[INDEX_SIZE];

/* In memory, so that nothing is left behind. */
int index_file(void)
{
    memset(content, 7, sizeof content);
    int file = memfd_create("index", MFD_CLOEXEC);
    if (file < 0 || write(file, content, sizeof content) != INDEX_SIZE)
        abort();
    return file;
}

/* Private, so that a search may mark what it has seen. */
YARD_SITE const unsigned char *index_map(int file)
{
    unsigned char *index =
        mmap(NULL, INDEX_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0); /* ALLOC */
    if (index == MAP_FAILED)
        abort();
    yard_born(1);
    index[0] = 0;
    return index;
}

long index_count(const unsigned char *index, int wanted)
{
    long count = 0;
    for (long at = 0; at < INDEX_SIZE; at++)
        count += index[at] == wanted;
    return count;
}

long yard_round(void)
{
    return search(7);
}
