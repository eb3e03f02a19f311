#include "detect/parse/stack.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "schema/message.h"

#define FROM_GO "runtime.asmcgocall"

/* Where stacks begin: a program, a thread, a library's constructors. */
static const char *const starts[] = {
    "main",
    "_start",
    "__libc_start_main",
    "__libc_start_call_main",
    "(below main)",
    "start_thread",
    "clone",
    "__clone",
    "clone3",
    "__clone3",
    "_dl_start_user",
    "_dl_init",
    "call_init",
    FROM_GO,
};

/* NAME without a symbol version or a compiler's suffix: clone@@GLIBC_2.2.5,
 * call_init.part.0; but runtime.asmcgocall.abi0 keeps its package. */
static bool is_start(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(starts); i++) {
        gsize length = strlen(starts[i]);
        if (strncmp(name, starts[i], length) == 0 && strchr("@.", name[length]))
            return true;
    }
    return false;
}

void stack_conclude(Yard__Finding *finding)
{
    finding->has_stack_complete = true;
    finding->stack_complete = false;
    for (size_t i = 0; i < finding->n_frame; i++) {
        const char *name = finding->frame[i]->function;
        if (!name)
            return;
        if (!is_start(name))
            continue;
        finding->stack_complete = true;
        if (g_str_has_prefix(name, FROM_GO))
            finding_cut_frames(finding, i + 1);
        return;
    }
}
