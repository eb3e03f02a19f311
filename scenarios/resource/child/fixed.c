#include "hook.h"

#include <sys/wait.h>

#include "yard.h"

YARD_SITE long upload(long size)
{
    pid_t hook = hook_start(size);
    bool accepted = hook_accepts(hook);
    waitpid(hook, NULL, 0); /* FIX: take its end from the kernel */
    yard_died(1);
    return accepted ? size : 0;
}
