#include "loop/counters.h"

#include <string.h>

struct counters {
    GTree *values; /* char * → gint64 *, owned */
};

static int by_name(const void *a, const void *b, G_GNUC_UNUSED void *nothing)
{
    return strcmp(a, b);
}

static gint64 *slot(counters_t *counters, const char *name)
{
    gint64 *value = g_tree_lookup(counters->values, name);
    if (value == NULL) {
        value = g_new0(gint64, 1);
        g_tree_insert(counters->values, g_strdup(name), value);
    }
    return value;
}

counters_t *counters_new(const char *const *names)
{
    counters_t *counters = g_new(counters_t, 1);
    counters->values = g_tree_new_full(by_name, NULL, g_free, g_free);
    for (; *names != NULL; names++)
        slot(counters, *names);
    return counters;
}

void counters_free(counters_t *counters)
{
    g_tree_unref(counters->values);
    g_free(counters);
}

void counters_add(counters_t *counters, const char *name, gint64 more)
{
    *slot(counters, name) += more;
}

gint64 counters_get(const counters_t *counters, const char *name)
{
    const gint64 *value = g_tree_lookup(counters->values, name);
    return value ? *value : 0;
}

struct visit {
    void (*visit)(const char *name, gint64 value, void *context);
    void *context;
};

static gboolean visit_one(void *name, void *value, void *data)
{
    const struct visit *visit = data;
    visit->visit(name, *(const gint64 *)value, visit->context);
    return FALSE;
}

void counters_each(const counters_t *counters,
                   void (*visit)(const char *name, gint64 value, void *context), void *context)
{
    struct visit call = {visit, context};
    g_tree_foreach(counters->values, visit_one, &call);
}

static void add_one(const char *name, gint64 value, void *counters)
{
    counters_add(counters, name, value);
}

void counters_sum(counters_t *counters, const counters_t *more)
{
    counters_each(more, add_one, counters);
}

static void print_one(const char *name, gint64 value, void *file)
{
    fprintf(file, "%s %" G_GINT64_FORMAT "\n", name, value);
}

void counters_print(const counters_t *counters, FILE *file)
{
    counters_each(counters, print_one, file);
}
