/* Checks manifests, and compiles one for the catalogue: what the build calls. */
#include "catalog/manifest.h"

#include <stdio.h>

#include "command/command.h"

struct manifest_options {
    char *root, *id, *output;
    GPtrArray *paths; /* of char * */
};

enum { KEY_ROOT = 0x200, KEY_ID };

static const struct argp_option keys[] = {
    {"id", KEY_ID, "CLASS/NAME", 0, "the scenario's id; usually that of its folder", 1},
    {"output", 'o', "FILE", 0, "compile into FILE; else only check", 1},
    {"root", KEY_ROOT, "DIR", 0, "the checkout or installed tree with the schema", 2},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct manifest_options *options = state->input;
    switch (key) {
    case KEY_ID:
        options->id = argument;
        return 0;
    case 'o':
        options->output = argument;
        return 0;
    case KEY_ROOT:
        options->root = argument;
        return 0;
    case ARGP_KEY_ARG:
        g_ptr_array_add(options->paths, argument);
        return 0;
    case ARGP_KEY_END:
        if (options->paths->len == 0)
            argp_error(state, "name at least one scenario.txtpb");
        if (options->paths->len > 1 && (options->id != NULL || options->output != NULL))
            argp_error(state, "--id and --output are for one manifest, not %u",
                       options->paths->len);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    .options = keys,
    .parser = parse,
    .args_doc = "PATH…",
    .doc = "Checks manifests (scenario.txtpb) and the folders they stand in. Every one that is "
           "refused is reported as PATH:LINE:COLUMN: what is wrong.\v"
           "Example: leakyard manifest scenarios/heap/error-path/scenario.txtpb",
};

/* CLASS/NAME of …/CLASS/NAME/scenario.txtpb. Free with g_free. */
static char *id_of_path(const char *path)
{
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    g_autofree char *folder = g_path_get_dirname(absolute);
    g_autofree char *above = g_path_get_dirname(folder);
    g_autofree char *name = g_path_get_basename(folder);
    g_autofree char *class_name = g_path_get_basename(above);
    return g_build_filename(class_name, name, NULL);
}

static bool take(const char *path, const struct manifest_options *options, const char *schema,
                 GError **error)
{
    g_autofree char *id = options->id ? g_strdup(options->id) : id_of_path(path);
    Yard__Scenario *scenario = manifest_compile(path, id, schema, error);
    if (scenario == NULL)
        return false;
    bool written = options->output == NULL || manifest_write(scenario, options->output, error);
    yard__scenario__free_unpacked(scenario, NULL);
    return written;
}

/* Refusals are printed bare, in the shape that editors jump from. */
static int take_all(const struct manifest_options *options, const char *schema, GError **error)
{
    int code = EXIT_AS_EXPECTED;
    for (guint i = 0; i < options->paths->len; i++) {
        g_autoptr(GError) cause = NULL;
        if (take(g_ptr_array_index(options->paths, i), options, schema, &cause))
            continue;
        code = cause->code;
        if (code != EXIT_USAGE) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return code;
        }
        fprintf(stderr, "%s\n", cause->message);
    }
    return code;
}

static int run_manifest(int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    struct manifest_options options = {.paths = paths};
    command_parse(&argp, argc, argv, &options);
    struct root root;
    if (!root_find(&root, options.root, error))
        return EXIT_INFRASTRUCTURE;
    int code = take_all(&options, root.schema, error);
    root_clear(&root);
    return code;
}

static const struct command manifest_command = {
    .name = "manifest",
    .summary = "check manifests, or compile one (used by make)",
    .run = run_manifest,
};
COMMAND(manifest_command);
