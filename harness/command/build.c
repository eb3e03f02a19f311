#include "command/build.h"

#include <glob.h>
#include <string.h>

#include "run/run.h"
#include "support/failure.h"

enum {
    BUILD_SECONDS = 1800,
    VERSION_SECONDS = 10,
};

#define NAME_LETTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-"

static const char *const flavour_keys[] = {"cc", "cflags", "ldflags", "base", NULL};

/* Where the next ",KEY=" of SETTINGS begins, or its end: values may hold commas. */
static const char *next_setting(const char *settings)
{
    for (const char *comma = strchr(settings, ','); comma; comma = strchr(comma + 1, ','))
        for (const char *const *key = flavour_keys; *key; key++)
            if (g_str_has_prefix(comma + 1, *key) && comma[1 + strlen(*key)] == '=')
                return comma;
    return settings + strlen(settings);
}

/* Key → value of a flavour's settings; NULL for one that is unknown. */
static GHashTable *flavour_settings(const char *text, GError **error)
{
    g_autoptr(GHashTable) settings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    while (*text != '\0') {
        const char *end = next_setting(text);
        const char *equals = memchr(text, '=', (size_t)(end - text));
        g_autofree char *key = g_strndup(text, (gsize)((equals ? equals : end) - text));
        if (equals == NULL || !g_strv_contains(flavour_keys, key)) {
            fail(error, EXIT_USAGE,
                 "a flavour has no '%s'; it is cc=, cflags=, ldflags= and base=", key);
            return NULL;
        }
        g_hash_table_insert(settings, g_steal_pointer(&key),
                            g_strndup(equals + 1, (gsize)(end - equals - 1)));
        text = *end ? end + 1 : end;
    }
    return g_steal_pointer(&settings);
}

/* Runs make in the root, quietly and with its scratch files where we may write, with ASSIGNMENTS
 * and one goal. */
static bool make(const struct root *root, const GPtrArray *assignments, const char *goal,
                 GError **error)
{
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    for (const char *const *word =
             (const char *const[]){"make", "-s", "-C", root->path, goal, NULL};
         *word; word++)
        g_ptr_array_add(argv, (gpointer)*word);
    for (guint i = 0; i < assignments->len; i++)
        g_ptr_array_add(argv, g_ptr_array_index(assignments, i));
    g_ptr_array_add(argv, NULL);
    if (g_mkdir_with_parents(root->state, 0700) != 0)
        return fail_errno(error, "cannot make %s", root->state);
    g_unsetenv("MAKEFLAGS"); /* of a make around us, whose jobs this one could not share */
    return command_run(root->state, (char *const *)argv->pdata, NULL, BUILD_SECONDS, NULL, error);
}

static void assign(GPtrArray *assignments, const char *variable, const char *value)
{
    if (value != NULL)
        g_ptr_array_add(assignments, g_strdup_printf("%s=%s", variable, value));
}

static char *compiler_version(const char *compiler)
{
    char *const version[] = {(char *)compiler, "--version", NULL};
    g_autofree char *text = NULL;
    command_run("/", version, NULL, VERSION_SECONDS, &text, NULL);
    return text ? g_strndup(text, strcspn(text, "\n")) : g_strdup(compiler);
}

/* COMPILER: NULL for that of BASE. */
static Yard__Flavour *flavour_described(const char *name, const char *compiler,
                                        const Yard__Flavour *base)
{
    Yard__Flavour *flavour = g_new(Yard__Flavour, 1);
    yard__flavour__init(flavour);
    flavour->name = g_strdup(name);
    flavour->n_variation_of = 1;
    flavour->variation_of = g_new(char *, 1);
    flavour->variation_of[0] = g_strdup(base->name);
    flavour->n_language = 1;
    flavour->language = g_new(Yard__Language, 1);
    flavour->language[0] = YARD__LANGUAGE__C;
    flavour->has_interposable = true;
    flavour->interposable = base->interposable;
    flavour->compiler = compiler ? compiler_version(compiler) : g_strdup(base->compiler);
    return flavour;
}

bool build_flavour(const struct root *root, catalog_t *catalog, const char *text, char **name,
                   GError **error)
{
    const char *colon = strchr(text, ':');
    *name = colon ? g_strndup(text, (gsize)(colon - text)) : g_strdup(text);
    if (colon == NULL)
        return true;
    g_autoptr(GHashTable) settings = flavour_settings(colon + 1, error);
    if (settings == NULL)
        return false;
    if (!g_ascii_isalpha((*name)[0]) || strspn(*name, NAME_LETTERS) != strlen(*name))
        return fail(error, EXIT_USAGE,
                    "flavour '%s': a name is a letter, then letters, digits and . _ -", *name);
    const char *base_name = g_hash_table_lookup(settings, "base");
    const Yard__Flavour *base = catalog_flavour(catalog, base_name ? base_name : "plain");
    if (base == NULL || catalog_flavour(catalog, *name) != NULL)
        return fail(error, EXIT_USAGE,
                    base ? "flavour '%s': the name is taken"
                         : "flavour '%s': its base is no flavour",
                    *name);
    const char *compiler = g_hash_table_lookup(settings, "cc");
    g_autoptr(GPtrArray) assignments = g_ptr_array_new_with_free_func(g_free);
    assign(assignments, "BUILD", root->build);
    assign(assignments, "FLAVOUR", *name);
    assign(assignments, "BASE", base->name);
    assign(assignments, "FLAVOUR_CC", compiler);
    assign(assignments, "FLAVOUR_CFLAGS", g_hash_table_lookup(settings, "cflags"));
    assign(assignments, "FLAVOUR_LDFLAGS", g_hash_table_lookup(settings, "ldflags"));
    if (!make(root, assignments, "flavour", error)) {
        g_prefix_error(error, "flavour '%s' could not be built: ", *name);
        return false;
    }
    catalog_add_flavour(catalog, flavour_described(*name, compiler, base));
    return true;
}

static bool has_scenarios(const char *folder)
{
    g_autofree char *manifests = g_build_filename(folder, "*", "*", "scenario.txtpb", NULL);
    glob_t found;
    bool any = glob(manifests, GLOB_NOSORT, NULL, &found) == 0;
    globfree(&found);
    return any;
}

bool build_overlay(const struct root *root, catalog_t *catalog, const char *folder, GError **error)
{
    if (!has_scenarios(folder))
        return fail(error, EXIT_USAGE, "%s: holds no CLASS/NAME/scenario.txtpb", folder);
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, folder, -1);
    hash[12] = '\0';
    struct root over = {
        .path = g_strdup(root->path),
        .build = g_build_filename(root->state, "overlays", hash, NULL),
        .state = g_strdup(root->state),
        .scenarios = g_strdup(folder),
        .expected = g_strdup(root->expected),
        .schema = g_strdup(root->schema),
    };
    g_autoptr(GPtrArray) assignments = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *compiler = g_file_read_link("/proc/self/exe", NULL);
    assign(assignments, "SCENARIOS", folder);
    assign(assignments, "BUILD", over.build);
    assign(assignments, "COMPILER", compiler);
    bool fine = make(root, assignments, "yard", error);
    if (fine)
        fine = catalog_overlay(catalog, &over, error);
    else
        g_prefix_error(error, "the scenarios in %s could not be built: ", folder);
    root_clear(&over);
    return fine;
}
