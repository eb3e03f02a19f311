#include "detect/kernel.h"

#include <unistd.h>

#include "schema/message.h"

#define ARTEFACT "facts.csv"

bool kernel_probe(struct label *label, GError **error)
{
    struct process_facts own;
    if (!process_facts_read(getpid(), &own, error))
        return false;
    message_set_string(&label->version, "1");
    return true;
}

/* Ended by NULL. Free with g_free. */
static const char **names_of(const struct fact *facts)
{
    gsize count = 0;
    while (facts[count].name != NULL)
        count++;
    const char **names = g_new0(const char *, count + 1);
    for (gsize i = 0; i < count; i++)
        names[i] = facts[i].name;
    return names;
}

bool kernel_note(const struct moment *moment, const struct fact *facts, GError **error)
{
    struct process_facts now;
    if (!process_facts_read(moment->pid, &now, error))
        return false;
    g_autoptr(GArray) values = g_array_new(false, false, sizeof(gint64));
    for (const struct fact *fact = facts; fact->name != NULL; fact++) {
        gint64 value = (gint64)G_STRUCT_MEMBER(guint64, &now, fact->offset);
        g_array_append_val(values, value);
    }
    g_autofree char *path = g_build_filename(moment->directory, ARTEFACT, NULL);
    g_autofree const char **names = names_of(facts);
    return samples_append(path, names, (const gint64 *)values->data, moment, error);
}

bool kernel_read(const struct subject *subject, const struct fact *facts, struct samples *samples,
                 GError **error)
{
    g_autofree char *path = g_build_filename(subject->directory, ARTEFACT, NULL);
    g_autofree const char **names = names_of(facts);
    return samples_read(samples, path, names, error);
}
