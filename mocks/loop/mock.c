#include "loop/mock.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/textproto.h"
#include "support/failure.h"

const char *argp_program_version = "leakyard 0.1";

struct flag {
    int key;
    const char *argument; /* belongs to argv */
};

struct options {
    const struct mock *mock;
    guint port;
    const char *plan; /* NULL: none */
    bool counts;
    char *const *command; /* NULL: none; belongs to argv */
    GArray *flags;        /* struct flag, in the order given */
};

enum { KEY_PORT = 'p', KEY_PLAN = 'P', KEY_COUNTS = 'c' };

static const struct argp_option common[] = {
    {"port", KEY_PORT, "N", 0, "listen there; 0 (default): at a port that is free", 1},
    {"plan", KEY_PLAN, "FILE.txtpb", 0, "what to do, as mocks/schema/plan.proto has it", 1},
    {"counts", KEY_COUNTS, NULL, 0, "at the end, say on standard error what was done", 1},
    {0},
};

bool mock_number(const char *argument, guint64 least, guint64 most, guint64 *number, GError **error)
{
    if (g_ascii_string_to_unsigned(argument, 10, least, most, number, NULL))
        return true;
    return fail(error, EXIT_USAGE,
                "'%s' is no number from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT, argument,
                least, most);
}

bool mock_number32(const char *argument, guint32 least, guint32 *number, GError **error)
{
    guint64 wide = 0;
    bool fine = mock_number(argument, least, G_MAXUINT32, &wide, error);
    *number = (guint32)wide;
    return fine;
}

/* ---- The flags ------------------------------------------------------------------ */

static guint port_of(const char *argument, struct argp_state *state)
{
    guint64 port = 0;
    g_autoptr(GError) error = NULL;
    if (!mock_number(argument, 0, G_MAXUINT16, &port, &error))
        argp_error(state, "--port: %s", error->message);
    return (guint)port;
}

static bool is_own_flag(const struct mock *mock, int key)
{
    const struct argp_option *flag = mock->flags;
    while (flag->name != NULL && flag->key != key)
        flag++;
    return flag->name != NULL;
}

/* The first word that is no flag: a command, if "--" stands before it. */
static void take_command(struct options *options, struct argp_state *state)
{
    char **words = state->argv + state->next - 1;
    if (state->quoted == 0 || state->next - 1 < state->quoted)
        argp_error(state, "'%s' is no flag; a command to serve comes after '--'", *words);
    options->command = words;
    state->next = state->argc;
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    if (is_own_flag(options->mock, key)) {
        struct flag flag = {key, argument};
        g_array_append_val(options->flags, flag);
        return 0;
    }
    switch (key) {
    case KEY_PORT:
        options->port = port_of(argument, state);
        return 0;
    case KEY_PLAN:
        options->plan = argument;
        return 0;
    case KEY_COUNTS:
        options->counts = true;
        return 0;
    case ARGP_KEY_ARG:
        take_command(options, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void read_arguments(struct options *options, int argc, char **argv)
{
    gsize own = 0;
    while (options->mock->flags[own].name != NULL)
        own++;
    g_autofree struct argp_option *flags = g_new0(struct argp_option, own + G_N_ELEMENTS(common));
    memcpy(flags, options->mock->flags, own * sizeof *flags);
    memcpy(flags + own, common, sizeof common);
    struct argp argp = {.options = flags,
                        .parser = parse,
                        .args_doc = "[-- COMMAND [ARGUMENT...]]",
                        .doc = options->mock->doc};
    argp_err_exit_status = EXIT_USAGE;
    g_setenv("ARGP_HELP_FMT", "no-dup-args-note", TRUE);
    argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, options);
    g_unsetenv("ARGP_HELP_FMT");
}

/* ---- The plan ---------------------------------------------------------------------- */

/* mocks/schema/plan.proto, in a folder above that of the program: so it lies in a
 * checkout, and so where the yard is installed. NULL if it does not. */
static char *find_schema(void)
{
    g_autofree char *path = g_file_read_link("/proc/self/exe", NULL);
    while (path != NULL && strlen(path) > 1) {
        char *above = g_path_get_dirname(path);
        g_free(path);
        path = above;
        g_autofree char *schema = g_build_filename(path, "mocks", "schema", "plan.proto", NULL);
        if (g_file_test(schema, G_FILE_TEST_IS_REGULAR))
            return g_steal_pointer(&schema);
    }
    return NULL;
}

static ProtobufCMessage *read_plan(const struct options *options, GError **error)
{
    const ProtobufCMessageDescriptor *type = options->mock->plan;
    if (options->plan == NULL) {
        ProtobufCMessage *empty = g_malloc(type->sizeof_message);
        protobuf_c_message_init(type, empty);
        return empty;
    }
    g_autofree char *schema = find_schema();
    if (schema != NULL)
        return textproto_read(options->plan, schema, type, NULL, error);
    fail(error, EXIT_INFRASTRUCTURE,
         "cannot read %s: there is no mocks/schema/plan.proto above the program; run it where it "
         "was built or installed",
         options->plan);
    return NULL;
}

static const char *name_of(const struct mock *mock, int key)
{
    const struct argp_option *flag = mock->flags;
    while (flag->key != key)
        flag++;
    return flag->name;
}

static bool set_flags(const struct options *options, ProtobufCMessage *plan, GError **error)
{
    for (guint i = 0; i < options->flags->len; i++) {
        const struct flag *flag = &g_array_index(options->flags, struct flag, i);
        if (options->mock->set(plan, flag->key, flag->argument, error))
            continue;
        g_prefix_error(error, "--%s: ", name_of(options->mock, flag->key));
        return false;
    }
    return options->mock->check(plan, error);
}

/* ---- All of it -------------------------------------------------------------------- */

static int serve(const struct options *options, const ProtobufCMessage *plan, GError **error)
{
    g_autoptr(loop_t) loop = loop_new(error);
    if (loop == NULL)
        return EXIT_INFRASTRUCTURE;
    g_autoptr(GString) addresses = g_string_new(NULL);
    void *started = options->mock->start(loop, options->port, plan, addresses, error);
    if (started == NULL)
        return (*error)->code;
    int code = loop_run(loop, addresses->str, options->command, error);
    g_autoptr(counters_t) counters = options->mock->counters(started);
    if (options->counts)
        counters_print(counters, stderr);
    options->mock->stop(started);
    return code;
}

static int run(const struct options *options, GError **error)
{
    ProtobufCMessage *plan = read_plan(options, error);
    if (plan == NULL)
        return (*error)->code;
    int code = set_flags(options, plan, error) ? serve(options, plan, error) : (*error)->code;
    protobuf_c_message_free_unpacked(plan, NULL);
    return code;
}

int mock_main(const struct mock *mock, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    struct options options = {.mock = mock,
                              .flags = g_array_new(FALSE, FALSE, sizeof(struct flag))};
    read_arguments(&options, argc, argv);
    int code = run(&options, &error);
    if (error != NULL)
        fprintf(stderr, "%s: %s\n", program_invocation_short_name, error->message);
    g_array_unref(options.flags);
    return code;
}
