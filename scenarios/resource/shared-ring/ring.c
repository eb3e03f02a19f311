#include "ring.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "yard.h"

YARD_SITE struct ring *ring_open(void)
{
    char name[64];
    snprintf(name, sizeof name, "/ring-%d", (int)getpid());
    int file = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (file < 0 || ftruncate(file, sizeof(struct ring)) < 0)
        abort();
    struct ring *ring =
        mmap(NULL, sizeof *ring, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0); /* ALLOC */
    if (ring == MAP_FAILED)
        abort();
    yard_born(1);
    shm_unlink(name);
    close(file);
    return ring;
}

void ring_put(struct ring *ring, long message)
{
    ring->messages[ring->end++ % RING_MOST] = message;
}

long ring_drain(struct ring *ring)
{
    long sum = 0;
    while (ring->first < ring->end)
        sum += ring->messages[ring->first++ % RING_MOST];
    return sum;
}

long yard_round(void)
{
    return talk(100);
}
