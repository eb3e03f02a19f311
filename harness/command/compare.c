/* leakyard compare OLD NEW: which verdicts, places and counts changed. */
#include <jansson.h>

#include "command/command.h"
#include "report/cell.h"
#include "report/difference.h"

struct compare_options {
    char *files[2];
    guint count;
    bool json;
};

enum { KEY_JSON = 0x200 };

static const struct argp_option keys[] = {
    {"json", KEY_JSON, NULL, 0,
     "{schema, compared, changed: [{id, variant, flavour, detector, what, "
     "old, new}], only_old, only_new}",
     1},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct compare_options *options = state->input;
    switch (key) {
    case KEY_JSON:
        options->json = true;
        return 0;
    case ARGP_KEY_ARG:
        if (options->count == G_N_ELEMENTS(options->files))
            argp_error(state, "compare takes two results files, not a third: '%s'", argument);
        options->files[options->count++] = argument;
        return 0;
    case ARGP_KEY_END:
        if (options->count < G_N_ELEMENTS(options->files))
            argp_error(state, "compare wants two results files");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp compare_argp = {
    .options = keys,
    .parser = parse,
    .args_doc = "OLD NEW",
    .doc = "Compares two results files of `run`: verdicts, places and counts that changed, and "
           "what only one of them holds.\vExits with 0 if nothing changed, with 1 otherwise.\n\n"
           "Example: leakyard compare before.pb build/results.pb",
};

static json_t *strings_json(const GPtrArray *strings)
{
    json_t *array = json_array();
    for (guint i = 0; i < strings->len; i++) {
        g_autofree char *line = printable(g_ptr_array_index(strings, i));
        json_array_append_new(array, json_string(line));
    }
    return array;
}

static bool print_json(const struct comparison *comparison)
{
    json_t *changed = json_array();
    for (guint i = 0; i < comparison->changed->len; i++) {
        const struct difference *difference = g_ptr_array_index(comparison->changed, i);
        json_array_append_new(
            changed, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id", difference->scenario,
                               "variant", difference->variant, "flavour", difference->flavour,
                               "detector", difference->detector, "what", difference->what, "old",
                               difference->before, "new", difference->after));
    }
    json_t *report =
        json_pack("{s:i, s:i, s:o, s:o, s:o}", "schema", 1, "compared", (int)comparison->compared,
                  "changed", changed, "only_old", strings_json(comparison->only_old), "only_new",
                  strings_json(comparison->only_new));
    bool written = json_dumpf(report, stdout, JSON_INDENT(1)) == 0 && putchar('\n') != EOF;
    json_decref(report);
    return written;
}

static void print_only(const char *where, const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len; i++) {
        g_autofree char *line = printable(g_ptr_array_index(lines, i));
        printf("only in %s: %s\n", where, line);
    }
}

static void print_text(const struct comparison *comparison)
{
    for (guint i = 0; i < comparison->changed->len; i++) {
        const struct difference *difference = g_ptr_array_index(comparison->changed, i);
        g_autofree char *text =
            g_strdup_printf("%s %s %s@%s: %s %s -> %s", difference->scenario, difference->variant,
                            difference->detector, difference->flavour, difference->what,
                            difference->before, difference->after);
        g_autofree char *line = printable(text);
        puts(line);
    }
    print_only("old", comparison->only_old);
    print_only("new", comparison->only_new);
    printf("%u compared, %u changed, %u only in old, %u only in new\n", comparison->compared,
           comparison->changed->len, comparison->only_old->len, comparison->only_new->len);
}

static int run_compare(int argc, char **argv, GError **error)
{
    struct compare_options options = {0};
    command_parse(&compare_argp, argc, argv, &options);
    g_autoptr(results_t) old = results_finished(&options.files[0], 1, error);
    if (old == NULL)
        return EXIT_INFRASTRUCTURE;
    g_autoptr(results_t) new = results_finished(&options.files[1], 1, error);
    if (new == NULL)
        return EXIT_INFRASTRUCTURE;
    struct report_input old_input, new_input;
    report_input_init(&old_input, old->records);
    report_input_init(&new_input, new->records);
    struct comparison comparison;
    comparison_init(&comparison, &old_input, &new_input);
    int code = comparison_is_empty(&comparison) ? EXIT_AS_EXPECTED : EXIT_DIFFERS;
    if (options.json && !print_json(&comparison)) {
        fail_errno(error, "standard output");
        code = EXIT_INFRASTRUCTURE;
    } else if (!options.json) {
        print_text(&comparison);
    }
    comparison_clear(&comparison);
    report_input_clear(&old_input);
    report_input_clear(&new_input);
    return code;
}

static const struct command compare = {
    .name = "compare",
    .summary = "two results files: verdicts, places and counts that changed",
    .run = run_compare,
};
COMMAND(compare);
