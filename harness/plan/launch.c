#include "plan/launch.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plan/sources.h"
#include "plan/truth.h"
#include "schema/words.h"
#include "support/failure.h"
#include "support/tree.h"

enum {
    WARM_UP_ROUNDS = 1,
    CHECKPOINTS = 10, /* after the warm-up, where somebody looks at each */
};

char *runs_open(const struct root *root, GError **error)
{
    g_autofree char *above = g_build_filename(root->state, "runs", NULL);
    g_autofree char *folder = g_build_filename(above, "XXXXXX", NULL);
    if (g_mkdir_with_parents(above, 0755) != 0 || g_mkdtemp_full(folder, 0700) == NULL) {
        fail_errno(error, "cannot make a folder in %s", above);
        return NULL;
    }
    if (caretaker_start(folder, error))
        return g_steal_pointer(&folder);
    tree_remove(folder, NULL);
    return NULL;
}

void runs_close(char *runs)
{
    tree_remove(runs, NULL);
    caretaker_release();
    g_free(runs);
}

GStrv environment_clean(void)
{
    const char *path = g_getenv("PATH");
    GStrv environment = g_new0(char *, 3);
    environment[0] = g_strdup_printf("PATH=%s", path ? path : "/usr/local/bin:/usr/bin:/bin");
    environment[1] = g_strdup("LC_ALL=C.UTF-8");
    return environment;
}

char *program_path(const catalog_t *catalog, const Yard__Scenario *scenario, Yard__Variant variant,
                   const Yard__Flavour *flavour)
{
    return g_build_filename(catalog_home(catalog, scenario)->build, flavour->name,
                            word_lower(&yard__variant__descriptor, variant), scenario->id, NULL);
}

char *mock_path(const catalog_t *catalog, const Yard__Scenario *scenario)
{
    const struct root *ours = g_ptr_array_index(catalog->homes, 0);
    return g_build_filename(ours->build, "mocks", scenario->server->mock, NULL);
}

GStrv mock_command(const catalog_t *catalog, const Yard__Scenario *scenario)
{
    const Yard__Server *server = scenario->server;
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();
    g_autofree char *mock = mock_path(catalog, scenario);
    g_strv_builder_add(words, mock);
    if (server->plan != NULL) {
        g_autofree char *plan = g_build_filename(catalog_home(catalog, scenario)->scenarios,
                                                 scenario->id, server->plan, NULL);
        g_autofree char *option = g_strconcat("--plan=", plan, NULL);
        g_strv_builder_add(words, option);
    }
    for (size_t i = 0; i < server->n_argument; i++)
        g_strv_builder_add(words, server->argument[i]);
    return g_strv_builder_end(words);
}

/* A copy that shares the file if it can: a symbolic link would tell where it leads. */
static bool place_program(const char *program, const char *copy, GError **error)
{
    if (link(program, copy) == 0)
        return true;
    g_autofree char *contents = NULL;
    gsize length;
    if (!g_file_get_contents(program, &contents, &length, NULL))
        return fail(error, EXIT_INFRASTRUCTURE, "%s: not built; run make", program);
    if (!g_file_set_contents_full(copy, contents, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0700,
                                  error)) {
        g_prefix_error(error, "cannot copy %s: ", program);
        return false;
    }
    return true;
}

static bool look_at_checkpoint(void *data, const struct moment *moment,
                               struct observation *observation, GError **error)
{
    const struct look *look = data;
    return look->label->detector->observe(look->label, moment, observation, error);
}

/* One private folder and observer for every label. */
static bool prepare_looks(struct launched *launched, GError **error)
{
    GPtrArray *labels = launched->planned->labels;
    struct run_request *request = &launched->request;
    launched->looks = g_new0(struct look, labels->len);
    request->observers = g_new0(struct observer, labels->len);
    for (guint i = 0; i < labels->len; i++) {
        struct look *look = &launched->looks[i];
        look->label = g_ptr_array_index(labels, i);
        look->subject.directory = g_build_filename(request->directory, look->label->name, NULL);
        look->subject.argv = g_strdupv(request->argv);
        look->subject.go = launched->planned->flavour->go;
        look->subject.errors = g_build_filename(request->directory, "stderr", NULL);
        look->subject.output = g_build_filename(request->directory, "stdout", NULL);
        if (g_mkdir_with_parents(look->subject.directory, 0700) != 0)
            return fail_errno(error, "cannot make %s", look->subject.directory);
        if (look->label->detector->observe != NULL)
            request->observers[request->observer_count++] =
                (struct observer){look_at_checkpoint, look, g_strdup(look->subject.directory)};
    }
    return true;
}

/* Lets the one label that wraps or prepares the program do so. */
static bool wrap(struct launched *launched, GError **error)
{
    struct run_request *request = &launched->request;
    if (launched->planned->labels->len != 1)
        return true;
    const struct look *look = &launched->looks[0];
    if (look->label->detector->command == NULL)
        return true;
    struct launch launch = {g_ptr_array_new_null_terminated(2, g_free, TRUE),
                            g_ptr_array_new_null_terminated(8, g_free, TRUE)};
    for (gsize i = 0; request->argv[i] != NULL; i++)
        g_ptr_array_add(launch.argv, g_strdup(request->argv[i]));
    for (gsize i = 0; request->envp[i] != NULL; i++)
        g_ptr_array_add(launch.environment, g_strdup(request->envp[i]));
    bool fine = look->label->detector->command(look->label, &look->subject, &launch, error);
    g_strfreev(request->argv);
    g_strfreev(request->envp);
    request->argv = (GStrv)g_ptr_array_free(launch.argv, FALSE);
    request->envp = (GStrv)g_ptr_array_free(launch.environment, FALSE);
    return fine;
}

/* A detector that the program was built with is to keep out of it, and to refuse memory
 * as malloc does. */
static GStrv undetected(GStrv environment)
{
    static const char *const options = "detect_leaks=0:allocator_may_return_null=1";
    environment = g_environ_setenv(environment, "LSAN_OPTIONS", options, TRUE);
    return g_environ_setenv(environment, "ASAN_OPTIONS", options, TRUE);
}

static GStrv with_settings(GStrv environment, const Yard__When *when)
{
    GStrv result = g_strdupv(environment);
    for (gsize i = 0; when != NULL && i < when->n_environment; i++) {
        g_auto(GStrv) parts = g_strsplit(when->environment[i], "=", 2);
        result = g_environ_setenv(result, parts[0], parts[1], TRUE);
    }
    return result;
}

/* WORD as it is typed: the program where the build left it, artefacts in the folder
 * in which one is. */
static void append_word(GString *command, const char *word, const char *program,
                        const struct launched *launched)
{
    const struct run_request *request = &launched->request;
    g_autoptr(GString) text = g_string_new(word);
    for (guint i = 0; launched->looks != NULL && i < launched->planned->labels->len; i++)
        g_string_replace(text, launched->looks[i].subject.directory, ".", 0);
    g_autofree char *copy = g_build_filename(request->directory, "program", NULL);
    g_string_replace(text, copy, program, 0);
    if (request->work != NULL)
        g_string_replace(text, request->work, ".", 0);
    g_string_replace(text, request->directory, ".", 0);
    g_autofree char *quoted = g_shell_quote(text->str);
    bool plain = strspn(text->str, G_CSET_A_2_Z G_CSET_a_2_z "0123456789-_=./:,+@%") == text->len;
    g_string_append_printf(command, "%s%s", command->len ? " " : "", plain ? text->str : quoted);
}

/* Its server hands its address on to the command that follows. */
static void append_server(GString *command, const struct launched *launched)
{
    GStrv argv = launched->request.server.argv;
    for (gsize i = 0; argv[i] != NULL; i++)
        append_word(command, argv[i], "", launched);
    g_string_append(command, " -- env");
}

/* What somebody types to see the same by hand: where the source is staged, if one is
 * read, settings that differ from BASE, the command line, and the rounds as a flag instead
 * of the protocol. */
static char *command_text(const struct launched *launched, const catalog_t *catalog, GStrv base,
                          const char *program)
{
    const struct run_request *request = &launched->request;
    const struct planned_run *planned = launched->planned;
    GString *command = g_string_new(NULL);
    if (request->silent) {
        g_autofree char *stage = sources_stage(catalog, planned->scenario, planned->variant);
        g_string_append(command, "cd");
        append_word(command, stage, program, launched);
        g_string_append(command, " &&");
    }
    if (request->server.argv != NULL)
        append_server(command, launched);
    for (gsize i = 0; request->envp[i] != NULL; i++)
        if (!g_strv_contains((const char *const *)base, request->envp[i]))
            append_word(command, request->envp[i], program, launched);
    for (gsize i = 0; request->argv[i] != NULL; i++)
        append_word(command, request->argv[i], program, launched);
    if (!request->silent)
        g_string_append_printf(command, " --rounds %u",
                               request->warm_up +
                                   request->checkpoints * request->rounds_per_checkpoint);
    return g_string_free(command, FALSE);
}

/* Who has the run for itself, or NULL. */
static const struct detector *detector_of(const struct launched *launched)
{
    const struct planned_run *planned = launched->planned;
    if (launched->bare || planned->proves)
        return NULL;
    return ((const struct label *)g_ptr_array_index(planned->labels, 0))->detector;
}

/* Every park costs: a Go program collects garbage at each. */
static guint checkpoints_for(const struct launched *launched)
{
    const struct detector *detector = detector_of(launched);
    if (detector == NULL)
        return launched->bare ? 1 : CHECKPOINTS;
    return detector->observe == NULL || detector->ends_only ? 1 : CHECKPOINTS;
}

static int end_signal_for(const struct launched *launched)
{
    const struct detector *detector = detector_of(launched);
    const Yard__Scenario *scenario = launched->planned->scenario;
    if (detector != NULL && detector->end_signal != 0)
        return detector->end_signal;
    return scenario->has_ends && scenario->ends == YARD__ENDING__NEVER ? SIGKILL : 0;
}

static int halt_code_for(const struct launched *launched)
{
    const struct detector *detector = detector_of(launched);
    return detector != NULL && detector->halts ? detector->leak_exit_code : 0;
}

static void fill_plan(struct launched *launched, const struct launch_options *options)
{
    const struct planned_run *planned = launched->planned;
    const Yard__Scenario *scenario = planned->scenario;
    struct run_request *request = &launched->request;
    request->warm_up = WARM_UP_ROUNDS;
    request->checkpoints = checkpoints_for(launched);
    request->rounds_per_checkpoint = scenario->rounds / request->checkpoints;
    request->time_limit = options->time_limit;
    request->memory_limit_kib = options->memory_limit_kib;
    request->end_signal = end_signal_for(launched);
    request->halt_code = halt_code_for(launched);
    request->detaches = scenario->detaches;
    request->census = planned->proves && !launched->bare;
    request->go = scenario->language != YARD__LANGUAGE__C;
    request->interpose = planned->flavour->interposable && scenario->language != YARD__LANGUAGE__GO;
    request->unit_bytes = scenario->bytes_per_unit;
}

static void prepare_server(struct launched *launched, const catalog_t *catalog,
                           const struct launch_options *options)
{
    const Yard__Scenario *scenario = launched->planned->scenario;
    struct server_command *server = &launched->request.server;
    if (scenario->server == NULL)
        return;
    server->argv = mock_command(catalog, scenario);
    server->envp = g_strdupv(options->environment);
}

static bool prepare_program(struct launched *launched, const catalog_t *catalog,
                            const struct launch_options *options, GError **error)
{
    const struct planned_run *planned = launched->planned;
    struct run_request *request = &launched->request;
    g_autofree char *program =
        program_path(catalog, planned->scenario, planned->variant, planned->flavour);
    g_autofree char *copy = g_build_filename(request->directory, "program", NULL);
    if (!place_program(program, copy, error))
        return false;
    request->argv = g_new0(char *, 2);
    request->argv[0] = g_steal_pointer(&copy);

    request->envp = with_settings(options->environment, planned->when);
    if (planned->proves)
        request->envp = undetected(request->envp);
    fill_plan(launched, options);
    prepare_server(launched, catalog, options);
    if (request->census) /* the Go kit is to count */
        request->envp = g_environ_setenv(request->envp, "YARD_CENSUS", "1", TRUE);
    if (!launched->bare && !(prepare_looks(launched, error) && wrap(launched, error)))
        return false;
    launched->command = command_text(launched, catalog, options->environment, program);
    return true;
}

/* The tool's own run, on a copy of the source: no program, no rounds, none of the
 * scenario's settings. */
static bool prepare_source(struct launched *launched, const catalog_t *catalog,
                           const struct launch_options *options, GError **error)
{
    const struct planned_run *planned = launched->planned;
    struct run_request *request = &launched->request;
    request->silent = true;
    request->time_limit = options->time_limit;
    request->memory_limit_kib = options->memory_limit_kib;
    request->argv = g_new0(char *, 1);
    request->envp = g_strdupv(options->environment);
    request->work = g_build_filename(request->directory, "module", NULL);
    if (!prepare_looks(launched, error) ||
        !sources_place(catalog, planned->scenario, planned->variant, request->work,
                       (char **)&launched->looks[0].subject.sources, error) ||
        !wrap(launched, error))
        return false;
    launched->command = command_text(launched, catalog, options->environment, "");
    return true;
}

static bool make_folder(struct launched *launched, const struct launch_options *options,
                        GError **error)
{
    g_autofree char *directory = g_build_filename(options->runs, "XXXXXX", NULL);
    if (g_mkdtemp_full(directory, 0700) == NULL)
        return fail_errno(error, "cannot make a folder in %s", options->runs);
    launched->request.directory = g_steal_pointer(&directory);
    return true;
}

static bool prepare(struct launched *launched, const catalog_t *catalog,
                    const struct launch_options *options, GError **error)
{
    if (!make_folder(launched, options, error))
        return false;
    const struct detector *detector = detector_of(launched);
    bool reads = detector != NULL && looks_at_source(detector);
    return reads ? prepare_source(launched, catalog, options, error)
                 : prepare_program(launched, catalog, options, error);
}

struct launched *launch_prepare(const catalog_t *catalog, const struct planned_run *planned,
                                bool bare, const struct launch_options *options, GError **error)
{
    struct launched *launched = g_new0(struct launched, 1);
    launched->planned = planned;
    launched->bare = bare;
    if (prepare(launched, catalog, options, error))
        return launched;
    launched_free(launched);
    return NULL;
}

struct launched *launch_guest(const struct planned_run *planned, char *const *argv, bool led,
                              const struct launch_options *options, GError **error)
{
    struct launched *launched = g_new0(struct launched, 1);
    struct run_request *request = &launched->request;
    launched->planned = planned;
    request->argv = g_strdupv((char **)argv);
    request->envp = g_strdupv(options->environment);
    request->silent = !led;
    request->work = g_get_current_dir();
    fill_plan(launched, options);
    if (make_folder(launched, options, error) && prepare_looks(launched, error) &&
        wrap(launched, error))
        return launched;
    launched_free(launched);
    return NULL;
}

void launched_free(struct launched *launched)
{
    if (launched == NULL)
        return;
    struct run_request *request = &launched->request;
    for (guint i = 0; launched->looks != NULL && i < launched->planned->labels->len; i++) {
        g_free((char *)launched->looks[i].subject.directory);
        g_strfreev(launched->looks[i].subject.argv);
        g_free((char *)launched->looks[i].subject.errors);
        g_free((char *)launched->looks[i].subject.output);
        g_free((char *)launched->looks[i].subject.sources);
    }
    for (gsize i = 0; i < request->observer_count; i++)
        g_free(request->observers[i].directory);
    g_free(request->observers);
    g_free(launched->looks);
    g_free(request->directory);
    g_free(request->work);
    g_strfreev(request->argv);
    g_strfreev(request->envp);
    g_strfreev(request->server.argv);
    g_strfreev(request->server.envp);
    g_free(launched->command);
    g_free(launched);
}
