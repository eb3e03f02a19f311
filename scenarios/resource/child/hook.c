#include "hook.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "yard.h"

static int wire[2];

void yard_start(void)
{
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, wire) != 0)
        abort();
}

YARD_SITE pid_t hook_start(long size)
{
    pid_t hook = fork(); /* ALLOC */
    if (hook < 0)
        abort();
    if (hook == 0) {
        char answer = size < 1000 ? 'y' : 'n';
        _exit(write(wire[1], &answer, 1) == 1 ? 0 : 1);
    }
    yard_born(1);
    return hook;
}

bool hook_answered(long size)
{
    (void)size;
    char answer = 'n';
    return read(wire[0], &answer, 1) == 1 && answer == 'y';
}

long yard_round(void)
{
    return upload(137);
}
