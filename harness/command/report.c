/* leakyard report: results files, in any format. */
#include "report/report.h"
#include "command/command.h"
#include "report/text.h"
#include "schema/results.h"

struct report_options {
    struct common_options common;
    GPtrArray *outputs; /* of struct report_output * */
    GPtrArray *files;   /* of char * */
    bool deviations, strict;
};

enum {
    KEY_DEVIATIONS = 0x200,
    KEY_STRICT,
};

static const struct argp_option keys[] = {
    {"output", 'O', "FORMAT:FILE", 0,
     "write this report ('-' or no file: standard output); again for more", 1},
    {"deviations", KEY_DEVIATIONS, NULL, 0, "list every known deviation with its reason", 1},
    {"strict", KEY_STRICT, NULL, 0, "a verdict that nobody has recorded is a failure", 1},
    {0},
};

static void add_output(struct argp_state *state, GPtrArray *outputs, const char *text)
{
    g_autoptr(GError) error = NULL;
    struct report_output *output = report_output_parse(text, &error);
    if (output == NULL)
        argp_error(state, "%s", error->message);
    g_ptr_array_add(outputs, output);
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct report_options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->common;
        return 0;
    case 'O':
        add_output(state, options->outputs, argument);
        return 0;
    case KEY_DEVIATIONS:
        options->deviations = true;
        return 0;
    case KEY_STRICT:
        options->strict = true;
        return 0;
    case ARGP_KEY_ARG:
        g_ptr_array_add(options->files, g_strdup(argument));
        return 0;
    case ARGP_KEY_SUCCESS:
        if (options->outputs->len == 0 && !options->deviations)
            add_output(state, options->outputs, "text");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static char *help_filter(int key, const char *text, void *input)
{
    (void)input;
    if (key != ARGP_KEY_HELP_POST_DOC)
        return (char *)text;
    GString *help = g_string_new("Formats:\n");
    g_autoptr(GPtrArray) formats = report_formats();
    for (guint i = 0; i < formats->len; i++) {
        const struct report_format *format = g_ptr_array_index(formats, i);
        g_string_append_printf(help, "  %-6s %s\n", format->name, format->summary);
    }
    g_string_append(help, "\nExits as `run` would: 0 as expected, 1 if a verdict differs or a "
                          "scenario is unproved.\n\n"
                          "Example: leakyard report -O junit:yard.xml -O text shard-*.pb");
    return g_string_free(help, FALSE);
}

static const struct argp_child children[] = {{&common_argp, 0, EVERYWHERE}, {0}};
static const struct argp report_argp = {
    .options = keys,
    .parser = parse,
    .args_doc = "[FILE…]",
    .doc = "Reports what results files hold; several are merged, the last verdict of a cell "
           "counts. Without FILE: build/results.pb, which `run` writes.\v",
    .children = children,
    .help_filter = help_filter,
};

/* Without files, the one that `run` writes. */
static bool default_files(struct report_options *options, GError **error)
{
    if (options->files->len > 0)
        return true;
    if (!root_find(&options->common.root, options->common.root_given, error))
        return false;
    g_ptr_array_add(options->files, results_path(&options->common.root, NULL));
    return true;
}

static bool write_reports(const struct report_options *options, const struct report_input *input,
                          GError **error)
{
    for (guint i = 0; i < options->outputs->len; i++)
        if (!report_write(input, g_ptr_array_index(options->outputs, i), options->common.colour,
                          error))
            return false;
    return !options->deviations || deviations_write(input, stdout, options->common.colour, error);
}

static int report_files(struct report_options *options, GError **error)
{
    if (!default_files(options, error))
        return EXIT_INFRASTRUCTURE;
    g_autoptr(results_t) results =
        results_finished((char *const *)options->files->pdata, options->files->len, error);
    if (results == NULL)
        return EXIT_INFRASTRUCTURE;
    struct report_input input;
    report_input_init(&input, results->records);
    input.strict = options->strict;
    int code = EXIT_INFRASTRUCTURE;
    if (input.results->len + input.proofs->len == 0)
        fail(error, EXIT_NOTHING_SELECTED, "%s: holds no verdicts; `leakyard run` makes some",
             (char *)g_ptr_array_index(options->files, 0));
    else if (write_reports(options, &input, error))
        code = report_exit_code(&input);
    report_input_clear(&input);
    return code;
}

static int run_report(int argc, char **argv, GError **error)
{
    struct report_options options = {.outputs = g_ptr_array_new_with_free_func(report_output_free),
                                     .files = g_ptr_array_new_with_free_func(g_free)};
    command_parse(&report_argp, argc, argv, &options);
    int code = report_files(&options, error);
    g_ptr_array_unref(options.outputs);
    g_ptr_array_unref(options.files);
    common_options_clear(&options.common);
    return code;
}

static const struct command report = {
    .name = "report",
    .summary = "results in any format: text, junit, json, csv, tap",
    .run = run_report,
};
COMMAND(report);
