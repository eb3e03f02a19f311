#include "support/root.h"

#include <errno.h>
#include <unistd.h>

#include "support/failure.h"

static bool holds_scenarios(const char *path)
{
    g_autofree char *scenarios = g_build_filename(path, "scenarios", NULL);
    return g_file_test(scenarios, G_FILE_TEST_IS_DIR);
}

/* ROOT/BUILD/leakyard, or PREFIX/bin/leakyard. Returns NULL if it is neither; sets
 * *BUILD if it has a name of its own. */
static char *root_of_executable(char **build)
{
    g_autofree char *executable = g_file_read_link("/proc/self/exe", NULL);
    if (executable == NULL)
        return NULL;
    g_autofree char *folder = g_path_get_dirname(executable);
    g_autofree char *above = g_path_get_dirname(folder);
    if (holds_scenarios(above)) {
        *build = g_steal_pointer(&folder);
        return g_steal_pointer(&above);
    }
    g_autofree char *installed = g_build_filename(above, "share", "leakyard", NULL);
    return holds_scenarios(installed) ? g_steal_pointer(&installed) : NULL;
}

/* A folder that is not there yet will be made by the build. */
static char *state_for(const char *build)
{
    if (access(build, W_OK) == 0 || errno == ENOENT)
        return g_strdup(build);
    return g_build_filename(g_get_user_state_dir(), "leakyard", NULL);
}

bool root_find(struct root *root, const char *given, GError **error)
{
    *root = (struct root){0};
    if (given == NULL)
        given = g_getenv("LEAKYARD_ROOT");
    g_autofree char *build = NULL;
    g_autofree char *path =
        given ? g_canonicalize_filename(given, NULL) : root_of_executable(&build);
    if (path == NULL)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "cannot tell where the scenarios are; say --root DIR or set LEAKYARD_ROOT");
    if (!holds_scenarios(path))
        return fail(error, EXIT_USAGE, "%s: no scenarios/ in this folder; --root wants a checkout",
                    path);
    root->build = build ? g_steal_pointer(&build) : g_build_filename(path, "build", NULL);
    root->state = state_for(root->build);
    root->scenarios = g_build_filename(path, "scenarios", NULL);
    root->expected = g_build_filename(path, "expected", NULL);
    root->schema = g_build_filename(path, "harness", "schema", NULL);
    root->path = g_steal_pointer(&path);
    return true;
}

void root_clear(struct root *root)
{
    g_free(root->path);
    g_free(root->build);
    g_free(root->state);
    g_free(root->scenarios);
    g_free(root->expected);
    g_free(root->schema);
    *root = (struct root){0};
}

struct root *root_copy(const struct root *root)
{
    struct root *copy = g_new(struct root, 1);
    *copy = (struct root){
        .path = g_strdup(root->path),
        .build = g_strdup(root->build),
        .state = g_strdup(root->state),
        .scenarios = g_strdup(root->scenarios),
        .expected = g_strdup(root->expected),
        .schema = g_strdup(root->schema),
    };
    return copy;
}

void root_free(gpointer root)
{
    root_clear(root);
    g_free(root);
}
