#include "hook.h"

#include "yard.h"

YARD_SITE long upload(long size)
{
    pid_t hook = hook_start(size);
    bool accepted = hook_accepts(hook); /* LEAK: a zombie from now on, for nobody waits for it */
    return accepted ? size : 0;
}
