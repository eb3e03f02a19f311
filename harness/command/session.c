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

Yard__Session *session_new(const struct root *root, const catalog_t *catalog, guint64 seed)
{
    Yard__Session *session = g_new(Yard__Session, 1);
    yard__session__init(session);
    session->commit = commit_of(root->path);
    session->scenarios_hash = tree_hash(root->scenarios, NULL);
    struct utsname machine;
    uname(&machine);
    session->kernel = g_strdup_printf("%s %s", machine.sysname, machine.release);
    session->machine = g_strdup(machine.machine);
    session->has_seed = true;
    session->seed = seed;
    session->n_flavour = catalog->message->n_flavour;
    session->flavour = g_new(Yard__Flavour *, session->n_flavour);
    for (size_t i = 0; i < session->n_flavour; i++)
        session->flavour[i] = flavour_copy(catalog->message->flavour[i]);
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    session->started = g_date_time_format_iso8601(now);
    session->version = g_strdup("0.1");
    return session;
}
