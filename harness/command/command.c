#include "command/command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/build.h"
#include "schema/words.h"
#include "support/nearest.h"

const char *argp_program_version = "leakyard 0.1";

extern const struct command *const __start_leakyard_commands[] __attribute__((weak));
extern const struct command *const __stop_leakyard_commands[] __attribute__((weak));

static gint by_name(gconstpointer a, gconstpointer b)
{
    const struct command *const *first = a, *const *second = b;
    return strcmp((*first)->name, (*second)->name);
}

GPtrArray *commands_all(void)
{
    GPtrArray *commands = g_ptr_array_new();
    for (const struct command *const *i = __start_leakyard_commands; i < __stop_leakyard_commands;
         i++)
        g_ptr_array_add(commands, (gpointer)*i);
    g_ptr_array_sort(commands, by_name);
    return commands;
}

const struct command *command_find(const char *name, GError **error)
{
    g_autoptr(GPtrArray) commands = commands_all();
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < commands->len; i++) {
        const struct command *command = g_ptr_array_index(commands, i);
        if (strcmp(command->name, name) == 0)
            return command;
        g_ptr_array_add(names, (gpointer)command->name);
    }
    g_autofree char *near = nearest_words(name, (const char *const *)names->pdata, names->len);
    fail(error, EXIT_USAGE, "there is no command '%s'%s", name,
         *near ? near : "; see 'leakyard help'");
    return NULL;
}

int command_call(const struct command *command, int argc, char **argv, GError **error)
{
    g_autofree char *full_name = g_strdup_printf("leakyard %s", command->name);
    argv[0] = full_name;
    return command->run(argc, argv, error);
}

void command_parse(const struct argp *argp, int argc, char **argv, void *input)
{
    argp_err_exit_status = EXIT_USAGE;
    /* Without the note on long and short options that would take the room of an example. */
    g_setenv("ARGP_HELP_FMT", "no-dup-args-note", TRUE);
    argp_parse(argp, argc, argv, 0, NULL, input);
    g_unsetenv("ARGP_HELP_FMT");
}

static bool colour_wanted(const char *when)
{
    if (strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    const char *no_colour = g_getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0');
}

enum {
    KEY_ROOT = 0x100,
    KEY_SCENARIOS,
    KEY_COLOUR,
    KEY_CLASS,
    KEY_LANGUAGE,
    KEY_VARIANT,
    KEY_SHARD,
};

static const struct argp_option common_keys[] = {
    {"root", KEY_ROOT, "DIR", 0, "the checkout or installed tree to work on", 0},
    {"scenarios", KEY_SCENARIOS, "DIR", 0, "lay the scenarios of DIR over ours", 0},
    {"color", KEY_COLOUR, "WHEN", 0, "auto (default), always or never; NO_COLOR is obeyed", 0},
    {0},
};

static error_t parse_common(int key, char *argument, struct argp_state *state)
{
    struct common_options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        options->overlays = g_ptr_array_new_with_free_func(g_free);
        options->colour = colour_wanted("auto");
        return 0;
    case KEY_ROOT:
        options->root_given = g_strdup(argument);
        return 0;
    case KEY_SCENARIOS:
        g_ptr_array_add(options->overlays, g_canonicalize_filename(argument, NULL));
        return 0;
    case KEY_COLOUR:
        if (!g_strv_contains((const char *const[]){"auto", "always", "never", NULL}, argument))
            argp_error(state, "--color takes auto, always or never, not '%s'", argument);
        options->colour = colour_wanted(argument);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp common_argp = {.options = common_keys, .parser = parse_common};

void common_options_clear(struct common_options *options)
{
    g_free(options->root_given);
    g_ptr_array_unref(options->overlays);
    root_clear(&options->root);
}

catalog_t *common_catalog(struct common_options *options, GError **error)
{
    if (!root_find(&options->root, options->root_given, error))
        return NULL;
    if (options->root_given) /* detectors ask for themselves where their tools are */
        g_setenv("LEAKYARD_ROOT", options->root.path, TRUE);
    g_autoptr(catalog_t) catalog = catalog_read(&options->root, error);
    for (guint i = 0; catalog != NULL && i < options->overlays->len; i++)
        if (!build_overlay(&options->root, catalog, g_ptr_array_index(options->overlays, i), error))
            return NULL;
    return g_steal_pointer(&catalog);
}

char *results_path(const struct root *root, const char *given)
{
    return given ? g_strdup(given) : g_build_filename(root->state, "results.pb", NULL);
}

results_t *results_finished(char *const *paths, gsize count, GError **error)
{
    results_t *results = results_read(paths, count, error);
    if (results != NULL && results->cut_tails > 0)
        fprintf(stderr, "leakyard: %u unfinished record%s left out\n", results->cut_tails,
                results->cut_tails == 1 ? "" : "s");
    return results;
}

static const struct argp_option selection_keys[] = {
    {"filter", 'f', "GLOB", 0, "scenarios whose id matches, such as 'heap/*'; again for more", 0},
    {"tag", 't', "A,!B", 0, "with tag A and without tag B", 0},
    {"class", KEY_CLASS, "CLASS", 0, "of one class", 0},
    {"language", KEY_LANGUAGE, "WORD", 0, "c, cgo or go; again for more", 0},
    {"variant", KEY_VARIANT, "WORD", 0, "leaky, fixed or clean; again for more", 0},
    {"shard", KEY_SHARD, "I/N", 0, "the Ith of N parts, by a hash of the id", 0},
    {0},
};

/* Adds one bit for a word of the schema, or ends with a usage error. */
static void add_word(struct argp_state *state, const ProtobufCEnumDescriptor *words,
                     const char *text, unsigned *set)
{
    int value;
    g_autoptr(GError) error = NULL;
    if (!word_parse(words, text, &value, &error))
        argp_error(state, "%s", error->message);
    *set |= 1u << value;
}

static error_t parse_selection(int key, char *argument, struct argp_state *state)
{
    struct selection *selection = state->input;
    g_autoptr(GError) error = NULL;
    switch (key) {
    case ARGP_KEY_ARG:
    case 'f':
        g_ptr_array_add(selection->globs, g_strdup(argument));
        break;
    case 't':
        selection_add_tags(selection, argument, &error);
        break;
    case KEY_CLASS:
        g_free(selection->class_name);
        selection->class_name = g_strdup(argument);
        break;
    case KEY_LANGUAGE:
        add_word(state, &yard__language__descriptor, argument, &selection->languages);
        break;
    case KEY_VARIANT:
        add_word(state, &yard__variant__descriptor, argument, &selection->variants);
        break;
    case KEY_SHARD:
        selection_set_shard(selection, argument, &error);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    if (error != NULL)
        argp_error(state, "%s", error->message);
    return 0;
}

const struct argp selection_argp = {
    .options = selection_keys, .parser = parse_selection, .args_doc = "[ID…]"};

static error_t parse_scope(int key, char *argument, struct argp_state *state)
{
    (void)argument;
    struct scope *scope = state->input;
    if (key != ARGP_KEY_INIT)
        return ARGP_ERR_UNKNOWN;
    selection_init(&scope->selection);
    state->child_inputs[0] = &scope->selection;
    state->child_inputs[1] = &scope->common;
    return 0;
}

static const struct argp_child scope_children[] = {
    {&selection_argp, 0, WHICH_SCENARIOS},
    {&common_argp, 0, EVERYWHERE},
    {0},
};

const struct argp scope_argp = {.parser = parse_scope, .children = scope_children};

bool scope_open(struct scope *scope, GError **error)
{
    scope->catalog = common_catalog(&scope->common, error);
    if (scope->catalog != NULL)
        scope->scenarios = selection_apply(&scope->selection, scope->catalog, error);
    return scope->scenarios != NULL;
}

void scope_clear(struct scope *scope)
{
    g_clear_pointer(&scope->scenarios, g_ptr_array_unref);
    g_clear_pointer(&scope->catalog, catalog_free);
    selection_clear(&scope->selection);
    common_options_clear(&scope->common);
}
