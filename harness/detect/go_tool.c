#include "detect/go_tool.h"

#include <string.h>

#include "detect/tool.h"
#include "run/run.h"
#include "schema/message.h"
#include "support/failure.h"
#include "support/root.h"

enum { SECONDS_TO_ANSWER = 30 };

#define GO_PACKAGE "golang, or from go.dev/dl"

char *go_find(GError **error)
{
    static const struct label usual;
    return tool_find(&usual, "go", GO_PACKAGE, error);
}

/* Why the build could not make its tools, in one line. Free with g_free. */
static char *reason_for(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "unsupported", NULL);
    g_autofree char *reason = NULL;
    if (!g_file_get_contents(path, &reason, NULL, NULL) || *g_strstrip(reason) == '\0')
        return g_strdup("not built; run make");
    return g_strdelimit(g_steal_pointer(&reason), "\r\n", ' ');
}

char *go_tool_find(const struct label *label, const char *tool, GError **error)
{
    if (label->executable != NULL)
        return tool_find(label, tool, tool, error);
    struct root root;
    if (!root_find(&root, NULL, error))
        return NULL;
    g_autofree char *folder = g_build_filename(root.build, "tools", NULL);
    root_clear(&root);
    g_autofree char *path = g_build_filename(folder, tool, NULL);
    if (g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer(&path);
    g_autofree char *reason = reason_for(folder);
    fail(error, EXIT_INFRASTRUCTURE, "%s: %s", path, reason);
    return NULL;
}

/* The version in LINE, if it is "\tmod\tMODULE\tVERSION…" or the same of a dependency, and
 * MODULE holds PACKAGE, of which *LONGEST is the length so far; or NULL. */
static char *version_in(const char *line, const char *package, gsize *longest)
{
    g_auto(GStrv) words = g_strsplit(line, "\t", -1);
    if (g_strv_length(words) < 4 || (strcmp(words[1], "mod") != 0 && strcmp(words[1], "dep") != 0))
        return NULL;
    gsize length = strlen(words[2]);
    bool holds =
        g_str_has_prefix(package, words[2]) && (package[length] == '\0' || package[length] == '/');
    if (!holds || length <= *longest)
        return NULL;
    *longest = length;
    return g_strdup(words[3]);
}

/* Reads `go version -m`: the package "\tpath\tPACKAGE", and the modules it is made of. */
static char *version_of(const char *answer)
{
    static const char start[] = "\tpath\t";
    g_auto(GStrv) lines = g_strsplit(answer, "\n", -1);
    const char *package = NULL;
    gsize longest = 0;
    char *version = NULL;
    for (char **line = lines; *line != NULL; line++) {
        if (g_str_has_prefix(*line, start))
            package = *line + strlen(start);
        char *here = package ? version_in(*line, package, &longest) : NULL;
        if (here == NULL)
            continue;
        g_free(version);
        version = here;
    }
    return version;
}

bool go_tool_probe(struct label *label, const char *tool, GError **error)
{
    g_autofree char *path = go_tool_find(label, tool, error);
    g_autofree char *go = path ? go_find(error) : NULL;
    char *argv[] = {go, "version", "-m", path, NULL};
    g_autofree char *answer = NULL;
    if (go == NULL || !command_run(g_get_tmp_dir(), argv, NULL, SECONDS_TO_ANSWER, &answer, error))
        return false;
    g_autofree char *version = version_of(answer);
    if (version == NULL)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "%s: was not built from a module, so it has no version", path);
    message_set_string(&label->version, version);
    return true;
}
