#include "detect/go_source.h"

#include <string.h>

#include "detect/environment.h"
#include "detect/go_tool.h"
#include "detect/parse/vet_json.h"
#include "detect/tool.h"
#include "run/run.h"
#include "schema/message.h"
#include "support/failure.h"
#include "support/root.h"

enum { SECONDS_TO_ANSWER = 30 };

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

/* Where Go keeps modules; asked once, as it is the same for every run. */
static const char *module_cache(GError **error)
{
    static char *modules;
    if (modules != NULL)
        return modules;
    g_autofree char *go = go_find(error);
    char *argv[] = {go, "env", "GOMODCACHE", NULL};
    if (go == NULL || !command_run(g_get_tmp_dir(), argv, NULL, SECONDS_TO_ANSWER, &modules, error))
        return NULL;
    return g_strstrip(modules);
}

/* Without a word on telemetry each Go tool writes its counters into files of its own, and a
 * home that is new each time has it start another process to send them. */
static bool set_preferences(struct launch *launch, GError **error)
{
    static const char variable[] = "XDG_CONFIG_HOME";
    if (!go_source_cache(launch, variable, "go-config", error))
        return false;
    g_autofree char *folder =
        g_build_filename(environment_get(launch->environment, variable), "go", "telemetry", NULL);
    g_autofree char *mode = g_build_filename(folder, "mode", NULL);
    if (g_file_test(mode, G_FILE_TEST_EXISTS))
        return true;
    if (g_mkdir_with_parents(folder, 0700) != 0)
        return fail_errno(error, "cannot make %s", folder);
    return g_file_set_contents(mode, "off\n", -1, error);
}

bool go_source_settings(struct launch *launch, GError **error)
{
    const char *modules = module_cache(error);
    if (modules == NULL || !go_source_cache(launch, "GOCACHE", "go-cache", error) ||
        !set_preferences(launch, error))
        return false;
    environment_set(launch->environment, "GOMODCACHE", modules);
    environment_set(launch->environment, "GOPROXY", "off");
    environment_set(launch->environment, "GOTOOLCHAIN", "local");
    environment_set(launch->environment, "GOGC", GO_TOOL_GOGC);
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
                   const char *analyses, struct launch *launch, GError **error)
{
    if (!go_source_settings(launch, error))
        return false;
    g_ptr_array_add(launch->argv, g_strdup(go ? go : "go"));
    g_ptr_array_add(launch->argv, g_strdup("vet"));
    g_ptr_array_add(launch->argv, g_strdup("-json"));
    g_ptr_array_add(launch->argv, g_strdup(analyses));
    go_source_add_package(label, subject, launch);
    return true;
}

bool go_source_vet_by(const struct label *label, const struct subject *subject, const char *tool,
                      struct launch *launch, GError **error)
{
    g_autofree char *path = go_tool_find(label, tool, error);
    if (path == NULL)
        return false;
    g_autofree char *analyses = g_strconcat("-vettool=", path, NULL);
    return go_source_vet(label, subject, NULL, analyses, launch, error);
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
