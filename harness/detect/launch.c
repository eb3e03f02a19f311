#include "detect/launch.h"

#include <string.h>

void launch_prefix(struct launch *launch, const char *const *words, GStrv more)
{
    gint place = 0;
    for (; *words; words++)
        g_ptr_array_insert(launch->argv, place++, g_strdup(*words));
    for (; more && *more; more++)
        g_ptr_array_insert(launch->argv, place++, g_strdup(*more));
}

/* The index of NAME in the environment, or its length. */
static guint find_variable(const GPtrArray *environment, const char *name)
{
    gsize length = strlen(name);
    for (guint i = 0; i < environment->len; i++) {
        const char *entry = g_ptr_array_index(environment, i);
        if (strncmp(entry, name, length) == 0 && entry[length] == '=')
            return i;
    }
    return environment->len;
}

const char *launch_variable(const struct launch *launch, const char *name)
{
    guint place = find_variable(launch->environment, name);
    if (place == launch->environment->len)
        return NULL;
    return strchr(g_ptr_array_index(launch->environment, place), '=') + 1;
}

void launch_append_variable(struct launch *launch, const char *name, char separator,
                            const char *value)
{
    const char *before = launch_variable(launch, name);
    char *entry = before && *before ? g_strdup_printf("%s=%s%c%s", name, before, separator, value)
                                    : g_strdup_printf("%s=%s", name, value);
    guint place = find_variable(launch->environment, name);
    if (place < launch->environment->len)
        g_ptr_array_remove_index(launch->environment, place);
    g_ptr_array_add(launch->environment, entry);
}

char *options_last(const char *options, const char *name)
{
    if (!options)
        return NULL;
    gsize length = strlen(name);
    g_auto(GStrv) words = g_strsplit_set(options, ":, \t\n", -1);
    char *value = NULL;
    for (char **word = words; *word; word++) {
        if (strncmp(*word, name, length) != 0 || (*word)[length] != '=')
            continue;
        g_free(value);
        value = g_strdup(*word + length + 1);
    }
    return value;
}
