#include "command/jobs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/build.h"
#include "detect/registry.h"
#include "support/failure.h"

enum {
    DEFAULT_SECONDS = 60,
    MOST_SECONDS = 7 * 24 * 60 * 60,
    KEY_TIMEOUT = 0x300,
    KEY_REPEAT,
    KEY_SHUFFLE,
    KEY_SEED,
    KEY_FLAVOUR,
};

/* What a number in JSON holds exactly, for every reader. */
#define MOST_SEED ((G_GUINT64_CONSTANT(1) << 53) - 1)

void job_options_init(struct job_options *options)
{
    /* One more than the cores: a parked program waits for whoever looks, who waits for its data. */
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    *options = (struct job_options){
        .jobs = (guint)MAX(cores, 1) + 1,
        .time_limit = DEFAULT_SECONDS,
        .repeat = 1,
        .seed = (((guint64)g_random_int() << 32) | g_random_int()) & MOST_SEED,
        .detectors = g_ptr_array_new_with_free_func(g_free),
        .flavours = g_ptr_array_new_with_free_func(g_free),
    };
}

void job_options_clear(struct job_options *options)
{
    g_ptr_array_unref(options->detectors);
    g_ptr_array_unref(options->flavours);
}

static const struct argp_option detector_keys[] = {
    {"detector", 'd', "NAME", 0,
     "a built-in one, the same as NAME:LABEL,exe=…,args=…, or an executable of yours; again for "
     "more (default: every built-in one)",
     0},
    {0},
};

static const struct argp_option pace_keys[] = {
    {"flavour", KEY_FLAVOUR, "NAME", 0,
     "this build in the place of the plain one: O2, clang-O2, or a new one as "
     "NAME:cc=…,cflags=…,ldflags=…,base=…; again for more",
     0},
    {"jobs", 'j', "N", 0, "runs at a time (default: one more than there are cores)", 0},
    {"timeout", KEY_TIMEOUT, "SECONDS", 0, "for each run (default: 60)", 0},
    {0},
};

static const struct argp_option order_keys[] = {
    {"repeat", KEY_REPEAT, "N", 0, "everything N times (default: 1)", 0},
    {"shuffle", KEY_SHUFFLE, NULL, 0, "in random order", 0},
    {"seed", KEY_SEED, "N", 0, "of every random choice (default: drawn, and reported)", 0},
    {0},
};

/* A whole number of at least LEAST, or a usage error. */
static guint64 number(struct argp_state *state, const char *option, const char *text, guint64 least,
                      guint64 most)
{
    guint64 value;
    g_autoptr(GError) error = NULL;
    if (!g_ascii_string_to_unsigned(text, 10, least, most, &value, &error))
        argp_error(state, "--%s: %s", option, error->message);
    return value;
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct job_options *options = state->input;
    switch (key) {
    case 'd':
        g_ptr_array_add(options->detectors, g_strdup(argument));
        return 0;
    case KEY_FLAVOUR:
        g_ptr_array_add(options->flavours, g_strdup(argument));
        return 0;
    case 'j':
        options->jobs = (guint)number(state, "jobs", argument, 1, 1024);
        return 0;
    case KEY_TIMEOUT: {
        char *end;
        options->time_limit = g_ascii_strtod(argument, &end);
        if (*end != '\0' || !(options->time_limit > 0 && options->time_limit <= MOST_SECONDS))
            argp_error(state, "--timeout takes seconds above 0 and up to %d, not '%s'",
                       MOST_SECONDS, argument);
        return 0;
    }
    case KEY_REPEAT:
        options->repeat = (guint)number(state, "repeat", argument, 1, 100000);
        return 0;
    case KEY_SHUFFLE:
        options->shuffle = true;
        return 0;
    case KEY_SEED:
        options->seed = number(state, "seed", argument, 0, MOST_SEED);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* "  NAME  SUMMARY", broken where the rest of a help text is. */
static void append_entry(GString *help, const char *name, const char *summary)
{
    enum { LEFT = 18, RIGHT = 79 };
    g_string_append_printf(help, "  %-*s", LEFT - 2, name);
    gsize column = LEFT;
    g_auto(GStrv) words = g_strsplit(summary, " ", 0);
    for (gsize i = 0; words[i] != NULL; i++) {
        if (column + 1 + strlen(words[i]) >= RIGHT) {
            g_string_append_printf(help, "\n%*s", LEFT, "");
            column = LEFT;
        }
        g_string_append_printf(help, " %s", words[i]);
        column += 1 + strlen(words[i]);
    }
    g_string_append_c(help, '\n');
}

static char *list_detectors(int key, const char *text, void *input)
{
    (void)input;
    if (key != ARGP_KEY_HELP_EXTRA)
        return (char *)text;
    GString *help = g_string_new("Built-in detectors:\n");
    g_autoptr(GPtrArray) built_in = detectors_built_in();
    for (guint i = 0; i < built_in->len; i++) {
        const struct detector *detector = g_ptr_array_index(built_in, i);
        append_entry(help, detector->name, detector->summary);
    }
    return g_string_free(help, FALSE);
}

const struct argp detector_argp = {
    .options = detector_keys, .parser = parse, .help_filter = list_detectors};
const struct argp pace_argp = {.options = pace_keys, .parser = parse};
const struct argp order_argp = {.options = order_keys, .parser = parse};

static error_t share_input(int key, char *argument, struct argp_state *state)
{
    (void)argument;
    if (key != ARGP_KEY_INIT)
        return ARGP_ERR_UNKNOWN;
    for (gsize i = 0; i < 3; i++)
        state->child_inputs[i] = state->input;
    return 0;
}

static const struct argp_child job_children[] = {
    {&detector_argp, 0, WHICH_DETECTORS},
    {&pace_argp, 0, WHICH_BUILDS},
    {&order_argp, 0, HOW_OFTEN},
    {0},
};

const struct argp job_argp = {.parser = share_input, .children = job_children};

static bool add_label(GPtrArray *labels, const char *text, GError **error)
{
    struct label *label = label_parse(text, error);
    if (label == NULL)
        return false;
    for (guint i = 0; i < labels->len; i++) {
        const struct label *other = g_ptr_array_index(labels, i);
        if (strcmp(other->name, label->name) != 0)
            continue;
        fail(error, EXIT_USAGE, "two detectors are called '%s'; give one another name: %s:NAME",
             label->name, text);
        label_free(label);
        return false;
    }
    label_probe(label);
    g_ptr_array_add(labels, label);
    return true;
}

GPtrArray *job_labels(const struct job_options *options, GError **error)
{
    g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func((GDestroyNotify)label_free);
    g_autoptr(GPtrArray) built_in = detectors_built_in();
    bool all = options->detectors->len == 0;
    for (guint i = 0; i < (all ? built_in->len : options->detectors->len); i++) {
        const char *text = all ? ((const struct detector *)g_ptr_array_index(built_in, i))->name
                               : g_ptr_array_index(options->detectors, i);
        if (!add_label(labels, text, error))
            return NULL;
    }
    return g_steal_pointer(&labels);
}

struct plan_options job_plan_options(const struct job_options *options, GPtrArray *labels,
                                     GPtrArray *flavours)
{
    return (struct plan_options){.labels = labels,
                                 .flavours = flavours,
                                 .repeat = options->repeat,
                                 .shuffle = options->shuffle,
                                 .seed = options->seed};
}

GPtrArray *job_flavours(const struct job_options *options, const struct root *root,
                        catalog_t *catalog, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < options->flavours->len; i++) {
        char *name = NULL;
        bool fine =
            build_flavour(root, catalog, g_ptr_array_index(options->flavours, i), &name, error);
        g_ptr_array_add(names, name);
        if (!fine)
            return NULL;
    }
    return g_steal_pointer(&names);
}
