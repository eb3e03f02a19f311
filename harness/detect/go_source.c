#include "detect/go_source.h"

#include <string.h>

#include "detect/environment.h"
#include "detect/parse/vet_json.h"
#include "detect/tool.h"
#include "run/run.h"
#include "schema/message.h"
#include "support/failure.h"
#include "support/root.h"

enum { SECONDS_TO_ANSWER = 30 };

#define GO_PACKAGE "golang, or from go.dev/dl"

/* `go` on the PATH. Free with g_free. */
static char *go_find(GError **error)
{
    static const struct label usual;
    return tool_find(&usual, "go", GO_PACKAGE, error);
}

/* ---- Tools that the build made ---------------------------------------------------- */

/* Why the build could not make its tools, in one line. Free with g_free. */
static char *reason_for(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "unsupported", NULL);
    g_autofree char *reason = NULL;
    if (!g_file_get_contents(path, &reason, NULL, NULL) || *g_strstrip(reason) == '\0')
        return g_strdup("not built; run make");
    return g_strdelimit(g_steal_pointer(&reason), "\r\n", ' ');
}

char *go_source_tool(const struct label *label, const char *tool, GError **error)
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

bool go_source_probe(struct label *label, const char *tool, GError **error)
{
    g_autofree char *path = go_source_tool(label, tool, error);
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

/* ---- Launching -------------------------------------------------------------------- */

bool go_source_cache(struct launch *launch, const char *variable, const char *name, GError **error)
{
    struct root root;
    if (!root_find(&root, NULL, error))
        return false;
    g_autofree char *path = g_build_filename(root.state, name, NULL);
    root_clear(&root);
    environment_set(launch->environment, variable, path);
    return true;
}

bool go_source_settings(struct launch *launch, GError **error)
{
    g_autofree char *go = go_find(error);
    char *argv[] = {go, "env", "GOMODCACHE", NULL};
    g_autofree char *modules = NULL;
    if (go == NULL ||
        !command_run(g_get_tmp_dir(), argv, NULL, SECONDS_TO_ANSWER, &modules, error) ||
        !go_source_cache(launch, "GOCACHE", "go-cache", error))
        return false;
    environment_set(launch->environment, "GOMODCACHE", g_strstrip(modules));
    environment_set(launch->environment, "GOPROXY", "off");
    environment_set(launch->environment, "GOTOOLCHAIN", "local");
    /* As the programs were built, whose packages the cache holds. No result depends on the
     * folder then: of a source that was read before it repeats what it said, that path too. */
    environment_add(launch->environment, "GOFLAGS", " ", "-trimpath");
    return true;
}

void go_source_add_package(const struct label *label, const struct subject *subject,
                           struct launch *launch)
{
    for (char **word = label->arguments; *word != NULL; word++)
        g_ptr_array_add(launch->argv, g_strdup(*word));
    g_autofree char *name = g_path_get_basename(subject->sources);
    g_ptr_array_add(launch->argv, g_strconcat("./", name, NULL));
}

bool go_source_vet(const struct label *label, const struct subject *subject, const char *go,
                   const char *vettool, struct launch *launch, GError **error)
{
    if (!go_source_settings(launch, error))
        return false;
    g_ptr_array_add(launch->argv, g_strdup(go ? go : "go"));
    g_ptr_array_add(launch->argv, g_strdup("vet"));
    g_ptr_array_add(launch->argv, g_strdup("-json"));
    if (vettool != NULL)
        g_ptr_array_add(launch->argv, g_strconcat("-vettool=", vettool, NULL));
    go_source_add_package(label, subject, launch);
    return true;
}

bool go_source_vetted(const struct subject *subject, const struct source_rule *rules,
                      GPtrArray *findings, GError **error)
{
    g_autofree char *text = NULL;
    gsize length;
    if (!g_file_get_contents(subject->output, &text, &length, error))
        return false;
    if (vet_json_parse(text, length, rules, findings, error))
        return true;
    g_prefix_error(error, "standard output: ");
    return false;
}
