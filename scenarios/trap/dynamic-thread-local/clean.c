/* Counts steps by a plug-in, in four threads and its own at once. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "yard.h"

enum { WORKERS = 4, SHARES = WORKERS + 1, STACK_SIZE = 64 * 1024 };

/* The plug-in, as the linker put it into the program: no file to be found or lost. */
extern const char image_start[] __asm__("_binary_plugin_so_start");
extern const char image_end[] __asm__("_binary_plugin_so_end");

static long (*plugin_steps)(unsigned long number);
static pthread_barrier_t begin, end;
static unsigned long first; /* of a round's numbers */
static long share[SHARES];  /* of a round's steps */

void yard_start(void)
{
    char path[64];
    int file = memfd_create("plugin", MFD_CLOEXEC);
    if (file < 0 || write(file, image_start, (size_t)(image_end - image_start)) < 0)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    close(file);
    if (library == NULL)
        abort();
    *(void **)&plugin_steps = dlsym(library, "plugin_steps");
    if (plugin_steps == NULL || pthread_barrier_init(&begin, NULL, SHARES) != 0 ||
        pthread_barrier_init(&end, NULL, SHARES) != 0)
        abort();
}

static void share_count(int number)
{
    share[number] = plugin_steps(first + (unsigned long)number);
}

static void *work(void *data)
{
    const int number = (int)((long *)data - share);
    for (;;) {
        pthread_barrier_wait(&begin);
        share_count(number);
        pthread_barrier_wait(&end);
    }
    return NULL;
}

/* Five numbers. The first round starts the workers, which live as long as the program. */
long yard_round(void)
{
    static int workers;
    for (; workers < WORKERS; workers++) {
        pthread_t thread;
        pthread_attr_t modest;
        if (pthread_attr_init(&modest) != 0)
            abort();
        pthread_attr_setstacksize(&modest, STACK_SIZE);
        pthread_attr_setdetachstate(&modest, PTHREAD_CREATE_DETACHED);
        if (pthread_create(&thread, &modest, work, &share[workers]) != 0)
            abort();
        pthread_attr_destroy(&modest);
    }
    first += SHARES;
    pthread_barrier_wait(&begin);
    share_count(WORKERS);
    pthread_barrier_wait(&end);
    long steps = 0;
    for (int i = 0; i < SHARES; i++)
        steps += share[i];
    return steps;
}
