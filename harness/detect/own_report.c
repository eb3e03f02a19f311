#include "detect/own_report.h"

#include <string.h>

#include "support/failure.h"

#define PID_FILE "pid"
#define UNKNOWN  "unknown"

static bool note(const char *directory, const char *pid, GError **error)
{
    g_autofree char *path = g_build_filename(directory, PID_FILE, NULL);
    return g_file_set_contents(path, pid, -1, error);
}

bool own_report_observe(const struct label *label, const struct moment *moment,
                        struct observation *observation, GError **error)
{
    (void)label;
    (void)observation;
    if (moment->checkpoint != 0)
        return true;
    g_autofree char *pid = g_strdup_printf("%d", (int)moment->pid);
    return note(moment->directory, pid, error);
}

bool own_report_expect_one(const char *directory, GError **error)
{
    return note(directory, UNKNOWN, error);
}

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
    if (!g_file_get_contents(path, &pid, NULL, error))
        return NULL;
    g_strstrip(pid);
    if (strcmp(pid, UNKNOWN) == 0)
        return only_report(directory, prefix, error);
    return g_strdup_printf("%s/%s.%s", directory, prefix, pid);
}
