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

struct stacks stacks_new(GPtrArray *findings)
{
    return (struct stacks){g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), findings};
}

void stacks_clear(struct stacks *stacks)
{
    g_hash_table_unref(stacks->known);
}

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

/* Function, file, line and module of all frames. Free with g_free. */
static char *stack_key(const Yard__Finding *finding)
{
    GString *key = g_string_new(NULL);
    for (size_t i = 0; i < finding->n_frame; i++) {
        const Yard__Frame *frame = finding->frame[i];
        g_string_append_printf(key, "%s\t%s\t%u\t%s\n", or_nothing(frame->function),
                               or_nothing(frame->file), frame->line, or_nothing(frame->module));
    }
    return g_string_free(key, false);
}

void stacks_count(struct stacks *stacks, Yard__Finding *finding)
{
    char *key = stack_key(finding);
    Yard__Finding *known = g_hash_table_lookup(stacks->known, key);
    if (known != NULL) {
        known->units++;
        yard__finding__free_unpacked(finding, NULL);
        g_free(key);
        return;
    }
    g_hash_table_insert(stacks->known, key, finding);
    g_ptr_array_add(stacks->findings, finding);
}

gint64 stacks_units(const struct stacks *stacks, const Yard__Finding *finding)
{
    g_autofree char *key = stack_key(finding);
    const Yard__Finding *known = g_hash_table_lookup(stacks->known, key);
    return known ? known->units : 0;
}
