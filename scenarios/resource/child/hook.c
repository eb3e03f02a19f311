#include "hook.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "yard.h"

YARD_SITE pid_t hook_start(long size)
{
    pid_t hook = fork(); /* ALLOC */
    if (hook < 0)
        abort();
    if (hook == 0)
        _exit(size < 1000 ? EXIT_SUCCESS : EXIT_FAILURE);
    yard_born(1);
    return hook;
}

bool hook_accepts(pid_t hook)
{
    siginfo_t end;
    return waitid(P_PID, (id_t)hook, &end, WEXITED | WNOWAIT) == 0 && end.si_code == CLD_EXITED &&
           end.si_status == EXIT_SUCCESS;
}

long yard_round(void)
{
    return upload(137);
}
