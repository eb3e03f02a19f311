#include "detect/grown_stacks.h"

#include "schema/message.h"

#define FIRST "observe-0.out"
#define LAST  "observe-1.out"

static bool list_read(const char *directory, const char *name, stacks_parser parse,
                      struct stacks *stacks, GError **error)
{
    g_autofree char *path = g_build_filename(directory, name, NULL);
    g_autofree char *text = NULL;
    gsize length;
    if (!g_file_get_contents(path, &text, &length, error))
        return false;
    if (parse(text, length, stacks, error))
        return true;
    g_prefix_error(error, "%s: ", path);
    return false;
}

/* Moves what grew from AFTER to FINDINGS. */
static void take_growth(const struct stacks *first, GPtrArray *after, const char *what,
                        GPtrArray *findings)
{
    for (guint i = after->len; i-- > 0;) {
        Yard__Finding *finding = g_ptr_array_index(after, i);
        finding->units -= stacks_units(first, finding);
        if (finding->units <= 0)
            continue;
        finding->text = g_strdup_printf("%" G_GINT64_FORMAT " %s more", finding->units, what);
        g_ptr_array_add(findings, g_ptr_array_steal_index(after, i));
    }
}

bool grown_stacks(const char *directory, stacks_parser parse, const char *what, GPtrArray *findings,
                  GError **error)
{
    g_autoptr(GPtrArray) before = g_ptr_array_new_with_free_func(finding_free);
    g_autoptr(GPtrArray) after = g_ptr_array_new_with_free_func(finding_free);
    struct stacks first = stacks_new(before), last = stacks_new(after);
    bool read = list_read(directory, FIRST, parse, &first, error) &&
                list_read(directory, LAST, parse, &last, error);
    if (read)
        take_growth(&first, after, what, findings);
    stacks_clear(&first);
    stacks_clear(&last);
    return read;
}
