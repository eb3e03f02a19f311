#include "detect/own_report.h"

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

char *own_report_path(const char *directory, const char *prefix, GError **error)
{
    g_autofree char *path = g_build_filename(directory, PID_FILE, NULL);
    g_autofree char *pid = NULL;
    if (!g_file_get_contents(path, &pid, NULL, error))
        return NULL;
    return g_strdup_printf("%s/%s.%s", directory, prefix, g_strstrip(pid));
}
