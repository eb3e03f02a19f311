#include "detect/environment.h"

#include <string.h>

/* The place of NAME, or the array's length. */
static guint find(const GPtrArray *environment, const char *name)
{
    gsize length = strlen(name);
    for (guint i = 0; i < environment->len; i++) {
        const char *entry = environment->pdata[i];
        if (strncmp(entry, name, length) == 0 && entry[length] == '=')
            return i;
    }
    return environment->len;
}

const char *environment_get(const GPtrArray *environment, const char *name)
{
    guint place = find(environment, name);
    if (place == environment->len)
        return NULL;
    return (const char *)environment->pdata[place] + strlen(name) + 1;
}

void environment_set(GPtrArray *environment, const char *name, const char *value)
{
    char *entry = g_strconcat(name, "=", value, NULL);
    guint place = find(environment, name);
    if (place == environment->len) {
        g_ptr_array_add(environment, entry);
        return;
    }
    g_free(environment->pdata[place]);
    environment->pdata[place] = entry;
}

void environment_add(GPtrArray *environment, const char *name, const char *separator,
                     const char *value)
{
    const char *before = environment_get(environment, name);
    g_autofree char *both = before != NULL && *before != '\0'
                                ? g_strconcat(before, separator, value, NULL)
                                : g_strdup(value);
    environment_set(environment, name, both);
}
