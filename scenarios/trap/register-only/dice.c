/* Random numbers as home computers made them, by a machine that runs beside. */
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "machine.h"
#include "yard.h"

enum { STACK_SIZE = 64 * 1024 };

static int ends[2]; /* ours, and the machine's */

void yard_start(void)
{
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        abort();
}

/* The next number. The first round starts the machine, which runs as long as the
 * program does. */
long yard_round(void)
{
    static const struct instruction program[] = {{LOAD, 7},       {MULTIPLY, 75}, {ADD, 74},
                                                 {REDUCE, 65537}, {STORE, 7},     {ANSWER, 0}};
    static pthread_t thread;
    static int runs;
    if (!runs) {
        pthread_attr_t modest;
        if (pthread_attr_init(&modest) != 0)
            abort();
        pthread_attr_setstacksize(&modest, STACK_SIZE);
        if (pthread_create(&thread, &modest, machine_run, &ends[1]) != 0)
            abort();
        pthread_attr_destroy(&modest);
        runs = 1;
    }
    long number;
    if (write(ends[0], program, sizeof program) != sizeof program ||
        read(ends[0], &number, sizeof number) != sizeof number)
        abort();
    return number;
}
