#include "detect/parse/runtime_metrics.h"

#include <string.h>

#include "support/failure.h"

/* "/sched/goroutines:goroutines 12" */
static bool line_read(const char *line, const char *name, GArray *values)
{
    guint64 value;
    gsize length = strlen(name);
    if (!g_str_has_prefix(line, name) || line[length] != ' ' ||
        !g_ascii_string_to_unsigned(line + length + 1, 10, 0, G_MAXINT64, &value, NULL))
        return false;
    g_array_append_val(values, (gint64){(gint64)value});
    return true;
}

bool runtime_metrics_parse(const char *text, gsize length, const char *const *names, GArray *values,
                           GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint count = g_strv_length((char **)names);
    if (strlen(text) != length || g_strv_length(lines) != count + 1 || *lines[count] != '\0')
        return fail(error, EXIT_INFRASTRUCTURE, "cut short, or not %u runtime metrics", count);
    for (guint i = 0; i < count; i++)
        if (!line_read(lines[i], names[i], values))
            return fail(error, EXIT_INFRASTRUCTURE, "line %u is not that of %s: \"%s\"", i + 1,
                        names[i], lines[i]);
    return true;
}
