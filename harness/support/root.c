#include "support/root.h"

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

/* BUILD if it is ours to write, else a folder of the user's own. */
static char *work_folder(const char *build)
{
    if (!g_file_test(build, G_FILE_TEST_EXISTS) || access(build, W_OK) == 0)
        return g_strdup(build);
    char *work = g_build_filename(g_get_user_cache_dir(), "leakyard", NULL);
    g_mkdir_with_parents(work, 0700); /* who writes there says why it can't */
    return work;
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
    root->work = work_folder(root->build);
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
    g_free(root->work);
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
        .work = g_strdup(root->work),
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
