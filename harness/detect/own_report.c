#include "detect/own_report.h"

#include "support/failure.h"

#define PID_FILE "pid"

bool own_report_observe(const struct label *label, const struct moment *moment,
                        struct observation *observation, GError **error)
{
    (void)label;
    (void)observation;
    if (moment->checkpoint != 0)
        return true;
    g_autofree char *path = g_build_filename(moment->directory, PID_FILE, NULL);
    g_autofree char *text = g_strdup_printf("%d\n", (int)moment->pid);
    return g_file_set_contents(path, text, -1, error);
}

/* Of a run without checkpoints nobody told which process is the program. */
static char *only_report(const char *directory, const char *prefix, GError **error)
{
    g_autoptr(GDir) entries = g_dir_open(directory, 0, error);
    g_autofree char *beginning = g_strconcat(prefix, ".", NULL);
    g_autofree char *found = NULL;
    guint count = 0;
    for (const char *name; entries != NULL && (name = g_dir_read_name(entries)) != NULL;) {
        if (!g_str_has_prefix(name, beginning))
            continue;
        g_free(found);
        found = g_build_filename(directory, name, NULL);
        count++;
    }
    if (entries != NULL && count <= 1)
        return count == 1 ? g_steal_pointer(&found) : g_build_filename(directory, prefix, NULL);
    if (entries != NULL)
        fail(error, EXIT_INFRASTRUCTURE,
             "%u processes left a report; which is the program's can't be told", count);
    return NULL;
}

char *own_report_path(const char *directory, const char *prefix, GError **error)
{
    g_autofree char *path = g_build_filename(directory, PID_FILE, NULL);
    g_autofree char *pid = NULL;
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return only_report(directory, prefix, error);
    if (!g_file_get_contents(path, &pid, NULL, error))
        return NULL;
    return g_strdup_printf("%s/%s.%s", directory, prefix, g_strstrip(pid));
}
