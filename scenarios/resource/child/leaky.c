#include "hook.h"

#include <sys/wait.h>

#include "yard.h"

YARD_SITE long upload(long size)
{
    pid_t hook = hook_start(size);
    bool accepted = hook_answered(size);
    (void)hook; /* LEAK: the hook has ended, and stays a zombie until somebody waits */
    return accepted ? size : 0;
}
