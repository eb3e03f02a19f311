#include "detect/tool.h"

#include <sys/resource.h>

#include "run/run.h"
#include "support/failure.h"

#define SECONDS_TO_ANSWER 30

char *tool_find(const struct label *label, const char *usual, const char *package, GError **error)
{
    const char *name = label->executable ? label->executable : usual;
    g_autofree char *path = g_find_program_in_path(name);
    if (path)
        return g_canonicalize_filename(path, NULL);
    if (label->executable)
        fail(error, EXIT_INFRASTRUCTURE, "%s is not an executable file", name);
    else
        fail(error, EXIT_INFRASTRUCTURE, "%s is not on the PATH (apt-get install %s)", name,
             package);
    return NULL;
}

char *tool_cramped(const char *need)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return NULL;
    return g_strdup_printf("the address space is limited to %" G_GUINT64_FORMAT
                           " MiB, and %s: ulimit -v unlimited",
                           (guint64)limit.rlim_cur >> 20, need);
}

char *tool_ask(const char *path, const char *argument, GError **error)
{
    static GHashTable *answers; /* "PATH ARGUMENT" → answer: several detectors share a tool */
    if (answers == NULL)
        answers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *question = g_strdup_printf("%s %s", path, argument);
    const char *known = g_hash_table_lookup(answers, question);
    if (known != NULL)
        return g_strdup(known);
    char *argv[] = {(char *)path, (char *)argument, NULL};
    g_autofree char *output = NULL;
    if (!command_run(g_get_tmp_dir(), argv, NULL, SECONDS_TO_ANSWER, &output, error))
        return NULL;
    g_auto(GStrv) lines = g_strsplit(output, "\n", 2);
    char *answer = g_strdup(lines[0] ? g_strstrip(lines[0]) : "");
    g_hash_table_insert(answers, g_steal_pointer(&question), g_strdup(answer));
    return answer;
}
