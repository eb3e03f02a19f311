/* The scenarios there are, like a table of contents. */
#include <stdio.h>
#include <string.h>

#include "command/command.h"
#include "command/describe.h"
#include "schema/words.h"

#define BOLD  "\033[1m"
#define DIM   "\033[2m"
#define PLAIN "\033[0m"

struct list_options {
    struct scope scope;
    bool json;
};

enum { KEY_JSON = 0x200 };

static const struct argp_option keys[] = {
    {"json", KEY_JSON, NULL, 0, "an array of objects, for programs", 1},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    (void)argument;
    struct list_options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->scope;
        return 0;
    case KEY_JSON:
        options->json = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child children[] = {{&scope_argp, 0, NULL, 0}, {0}};

static const struct argp argp = {
    .options = keys,
    .parser = parse,
    .children = children,
    .doc = "Lists the scenarios: id, language, kind, resource and title, by class.\v"
           "With --json each scenario is an object with the fields id, class, language, resource, "
           "kind, units_per_round, bytes_per_unit (0: not fixed), rounds, bound, ends, tags, title "
           "and sources.\n\n"
           "Example: leakyard list goroutine --tag 'ticker,!channel'",
};

static const char *class_summary(const char *class_name)
{
    for (const struct leak_class *i = leak_classes; i->name != NULL; i++)
        if (strcmp(i->name, class_name) == 0)
            return i->summary;
    return "";
}

/* Widths of the columns. */
struct widths {
    int id, language, kind, resource;
};

static void widen(int *width, const char *word)
{
    *width = MAX(*width, (int)strlen(word));
}

static struct widths widths_of(const GPtrArray *scenarios)
{
    struct widths widths = {0};
    for (guint i = 0; i < scenarios->len; i++) {
        const Yard__Scenario *scenario = g_ptr_array_index(scenarios, i);
        widen(&widths.id, scenario->id);
        widen(&widths.language, word_lower(&yard__language__descriptor, scenario->language));
        widen(&widths.kind, word_of(&yard__kind__descriptor, scenario->kind));
        widen(&widths.resource, word_lower(&yard__resource__descriptor, scenario->resource));
    }
    return widths;
}

static void append_heading(GString *text, const char *class_name, bool colour)
{
    g_string_append_printf(text, "%s%s%s%s — %s\n", text->len ? "\n" : "", colour ? BOLD : "",
                           class_name, colour ? PLAIN : "", class_summary(class_name));
}

static void append_row(GString *text, const Yard__Scenario *scenario, const struct widths *widths,
                       bool colour)
{
    g_string_append_printf(
        text, "  %-*s  %s%-*s  %-*s  %-*s%s  %s\n", widths->id, scenario->id, colour ? DIM : "",
        widths->language, word_lower(&yard__language__descriptor, scenario->language), widths->kind,
        word_of(&yard__kind__descriptor, scenario->kind), widths->resource,
        word_lower(&yard__resource__descriptor, scenario->resource), colour ? PLAIN : "",
        scenario->title);
}

static void print_table(const GPtrArray *scenarios, bool colour)
{
    struct widths widths = widths_of(scenarios);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *last = g_strdup("");
    for (guint i = 0; i < scenarios->len; i++) {
        const Yard__Scenario *scenario = g_ptr_array_index(scenarios, i);
        g_autofree char *class_name = scenario_class(scenario);
        if (strcmp(class_name, last) != 0) {
            append_heading(text, class_name, colour);
            g_free(last);
            last = g_strdup(class_name);
        }
        append_row(text, scenario, &widths, colour);
    }
    fwrite(text->str, 1, text->len, stdout);
}

static void print_json(const GPtrArray *scenarios)
{
    json_t *array = json_array();
    for (guint i = 0; i < scenarios->len; i++)
        json_array_append_new(array, scenario_json(g_ptr_array_index(scenarios, i)));
    g_autofree char *text = json_dumps(array, JSON_INDENT(2));
    puts(text);
    json_decref(array);
}

static int run_list(int argc, char **argv, GError **error)
{
    struct list_options options = {0};
    command_parse(&argp, argc, argv, &options);
    bool open = scope_open(&options.scope, error);
    if (open && options.json)
        print_json(options.scope.scenarios);
    else if (open)
        print_table(options.scope.scenarios, options.scope.common.colour);
    scope_clear(&options.scope);
    return EXIT_AS_EXPECTED;
}

static const struct command list_command = {
    .name = "list",
    .summary = "the scenarios, or those that are selected",
    .run = run_list,
};
COMMAND(list_command);
