#include <sys/utsname.h>

#include "command/conduct.h"
#include "run/run.h"
#include "schema/message.h"
#include "support/failure.h"
#include "support/tree.h"

enum {
    GIT_SECONDS = 5,
};

/* The commit of a checkout, with "+" if files differ from it; NULL outside of one. */
static char *commit_of(const char *folder)
{
    char *const head[] = {"git", "-C", (char *)folder, "describe", "--always", "--dirty=+", NULL};
    g_autofree char *commit = NULL;
    if (!command_run("/", head, NULL, GIT_SECONDS, &commit, NULL))
        return NULL;
    return g_strdup(g_strstrip(commit));
}

Yard__Provenance *provenance_new(const struct root *root, const catalog_t *catalog, guint64 seed)
{
    Yard__Provenance *provenance = g_new(Yard__Provenance, 1);
    yard__provenance__init(provenance);
    provenance->commit = commit_of(root->path);
    provenance->scenarios_hash = tree_hash(root->scenarios, NULL);
    struct utsname machine;
    uname(&machine);
    provenance->kernel = g_strdup_printf("%s %s", machine.sysname, machine.release);
    provenance->machine = g_strdup(machine.machine);
    provenance->has_seed = true;
    provenance->seed = seed;
    provenance->n_flavour = catalog->message->n_flavour;
    provenance->flavour = g_new(Yard__Flavour *, provenance->n_flavour);
    for (size_t i = 0; i < provenance->n_flavour; i++)
        provenance->flavour[i] = flavour_copy(catalog->message->flavour[i]);
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    provenance->started = g_date_time_format_iso8601(now);
    provenance->version = g_strdup("0.1");
    return provenance;
}
