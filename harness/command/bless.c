/* leakyard bless: records what detectors say now as what is expected of them. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "judge/expectation.h"
#include "schema/results.h"

struct bless_options {
    struct scope scope;
    GPtrArray *expected;  /* of char *, folders; the last one is written */
    GPtrArray *detectors; /* of char *; none: every one in the results */
    char *results, *reason;
    bool yes;
};

enum {
    KEY_RESULTS = 0x200,
    KEY_EXPECTED,
    KEY_REASON,
    KEY_YES,
};

static const struct argp_option keys[] = {
    {"detector", 'd', "NAME", 0, "only this one's; again for more", 1},
    {"reason", KEY_REASON, "TEXT", 0, "why the detector deviates, in one plain sentence", 1},
    {"yes", KEY_YES, NULL, 0, "write without asking", 1},
    {"results", KEY_RESULTS, "FILE", 0, "the run to record (default: build/results.pb)", 3},
    {"expected", KEY_EXPECTED, "DIR", 0, "lay DIR over ours, and write there", 3},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct bless_options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->scope;
        return 0;
    case 'd':
        g_ptr_array_add(options->detectors, g_strdup(argument));
        return 0;
    case KEY_REASON:
        g_free(options->reason);
        options->reason = g_strdup(argument);
        return 0;
    case KEY_YES:
        options->yes = true;
        return 0;
    case KEY_RESULTS:
        options->results = g_canonicalize_filename(argument, NULL);
        return 0;
    case KEY_EXPECTED:
        g_ptr_array_add(options->expected, g_canonicalize_filename(argument, NULL));
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child children[] = {{&scope_argp, 0, NULL, 0}, {0}};

static const struct argp argp = {
    .options = keys,
    .parser = parse,
    .doc =
        "Rewrites expected/DETECTOR.txtpb so that the verdicts of the last run are as "
        "expected. Shows what would change and asks first.\v"
        "A new deviation from the truth needs --reason. An ERROR or TIMEOUT is never blessed.\n\n"
        "Example: leakyard bless heap -d trend --reason 'growth alone tells no site'",
    .children = children,
};

static bool is_named(const GPtrArray *names, const char *name)
{
    return names->len == 0 ||
           g_ptr_array_find_with_equal_func((GPtrArray *)names, name, g_str_equal, NULL);
}

/* Detector → GPtrArray of its selected results. */
static GHashTable *results_by_detector(const struct bless_options *options,
                                       const results_t *results)
{
    GHashTable *table =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < results->records->len; i++) {
        Yard__Result *result = ((Yard__Record *)g_ptr_array_index(results->records, i))->result;
        const Yard__Scenario *scenario =
            result ? catalog_scenario(options->scope.catalog, result->scenario) : NULL;
        if (scenario == NULL || !selection_has(&options->scope.selection, scenario) ||
            !selection_has_variant(&options->scope.selection, result->variant) ||
            !is_named(options->detectors, result->detector))
            continue;
        GPtrArray *list = g_hash_table_lookup(table, result->detector);
        if (list == NULL) {
            list = g_ptr_array_new();
            g_hash_table_insert(table, result->detector, list);
        }
        g_ptr_array_add(list, result);
    }
    return table;
}

static bool confirmed(const struct bless_options *options)
{
    if (options->yes)
        return true;
    if (!isatty(STDIN_FILENO))
        return false;
    char answer[8];
    fputs("Write this? [y/N] ", stderr);
    return fgets(answer, sizeof answer, stdin) != NULL && (answer[0] == 'y' || answer[0] == 'Y');
}

static bool bless_detector(const struct bless_options *options, const expectations_t *expectations,
                           const char *detector, const GPtrArray *results, bool *pending,
                           GError **error)
{
    const Yard__Catalog *catalog = options->scope.catalog->message;
    const char *folder = g_ptr_array_index(options->expected, options->expected->len - 1);
    g_autofree char *diff = NULL;
    if (!expectations_bless(expectations, catalog, folder, detector, results, options->reason, true,
                            &diff, error))
        return false;
    if (*diff == '\0')
        return true;
    fputs(diff, stdout);
    fflush(stdout);
    if (!confirmed(options)) {
        *pending = true;
        return true;
    }
    g_autofree char *written = NULL;
    return expectations_bless(expectations, catalog, folder, detector, results, options->reason,
                              false, &written, error);
}

static int bless(struct bless_options *options, GError **error)
{
    if (!scope_open(&options->scope, error))
        return EXIT_INFRASTRUCTURE;
    const struct root *root = &options->scope.common.root;
    g_ptr_array_insert(options->expected, 0, g_strdup(root->expected));
    g_autofree char *path = results_path(root, options->results);
    g_autoptr(results_t) results = results_finished(&path, 1, error);
    g_autoptr(expectations_t) expectations =
        results ? expectations_read((char *const *)options->expected->pdata, root->schema, error)
                : NULL;
    if (expectations == NULL)
        return EXIT_INFRASTRUCTURE;
    g_autoptr(GHashTable) table = results_by_detector(options, results);
    if (g_hash_table_size(table) == 0)
        return fail(error, EXIT_NOTHING_SELECTED, "%s holds no such verdicts", path);
    bool pending = false;
    g_autoptr(GList) detectors = g_list_sort(g_hash_table_get_keys(table), (GCompareFunc)strcmp);
    for (GList *item = detectors; item != NULL; item = item->next)
        if (!bless_detector(options, expectations, item->data,
                            g_hash_table_lookup(table, item->data), &pending, error))
            return EXIT_USAGE;
    if (pending)
        return fail(error, EXIT_DIFFERS, "nothing was written; say --yes to write");
    return EXIT_AS_EXPECTED;
}

static int run_bless(int argc, char **argv, GError **error)
{
    struct bless_options options = {
        .expected = g_ptr_array_new_null_terminated(2, g_free, TRUE),
        .detectors = g_ptr_array_new_with_free_func(g_free),
    };
    command_parse(&argp, argc, argv, &options);
    int code = bless(&options, error);
    g_ptr_array_unref(options.expected);
    g_ptr_array_unref(options.detectors);
    g_free(options.results);
    g_free(options.reason);
    scope_clear(&options.scope);
    return code;
}

static const struct command bless_command = {
    .name = "bless",
    .summary = "record what detectors say now as what is expected of them",
    .run = run_bless,
};
COMMAND(bless_command);
