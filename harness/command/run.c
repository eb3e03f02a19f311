/* leakyard run: every selected scenario under every detector that speaks its language. */
#include <stdlib.h>
#include <unistd.h>

#include "command/build.h"
#include "command/command.h"
#include "command/conduct.h"
#include "command/jobs.h"
#include "detect/registry.h"
#include "report/report.h"
#include "schema/results.h"
#include "support/tree.h"

struct run_options {
    struct scope scope;
    struct job_options jobs;
    GPtrArray *outputs;  /* of struct report_output * */
    GPtrArray *expected; /* of char *, folders laid over ours */
    char *results;
    bool fail_fast, keep, resume, strict, dry_run;
};

enum {
    KEY_RESULTS = 0x200,
    KEY_EXPECTED,
    KEY_FAIL_FAST,
    KEY_KEEP,
    KEY_RESUME,
    KEY_STRICT,
    KEY_DRY_RUN,
};

static const struct argp_option keys[] = {
    {"output", 'O', "FORMAT:FILE", 0,
     "also write a report: text, json, junit, tap, csv; FILE '-' "
     "is standard output; again for more",
     3},
    {"results", KEY_RESULTS, "FILE", 0, "where records go (default: build/results.pb)", 3},
    {"keep", KEY_KEEP, NULL, 0, "keep the artefacts of every verdict, not only of unexpected ones",
     3},
    {"resume", KEY_RESUME, NULL, 0, "go on with a run that was interrupted", 3},
    {"expected", KEY_EXPECTED, "DIR", 0, "lay these expectations over ours; again for more", 4},
    {"strict", KEY_STRICT, NULL, 0, "a verdict that nobody has recorded fails too", 4},
    {"fail-fast", KEY_FAIL_FAST, NULL, 0, "stop at the first verdict that differs", 4},
    {"dry-run", KEY_DRY_RUN, NULL, 0, "print the commands instead of running them", 4},
    {0},
};

static void add_output(struct run_options *options, char *text, struct argp_state *state)
{
    g_autoptr(GError) error = NULL;
    struct report_output *output = report_output_parse(text, &error);
    if (output == NULL)
        argp_error(state, "%s", error->message);
    g_ptr_array_add(options->outputs, output);
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct run_options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->scope;
        state->child_inputs[1] = &options->jobs;
        return 0;
    case 'O':
        add_output(options, argument, state);
        return 0;
    case KEY_RESULTS:
        options->results = g_canonicalize_filename(argument, NULL);
        return 0;
    case KEY_EXPECTED:
        g_ptr_array_add(options->expected, g_canonicalize_filename(argument, NULL));
        return 0;
    case KEY_KEEP:
        options->keep = true;
        return 0;
    case KEY_RESUME:
        options->resume = true;
        return 0;
    case KEY_STRICT:
        options->strict = true;
        return 0;
    case KEY_FAIL_FAST:
        options->fail_fast = true;
        return 0;
    case KEY_DRY_RUN:
        options->dry_run = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child children[] = {
    {&scope_argp, 0, NULL, 0}, {&job_argp, 0, NULL, 0}, {0}};

static const struct argp argp = {
    .options = keys,
    .parser = parse,
    .doc = "Runs every selected scenario, both variants, under every detector that speaks its "
           "language, and judges what each says.\v"
           "Before that each program is proved: an independent census counts what it really "
           "leaks. Without --output the report is a text on standard output.\n\n"
           "Examples:\n"
           "  leakyard run heap --detector memcheck\n"
           "  leakyard run -d memcheck -d memcheck:next,exe=/opt/vg/bin/valgrind\n"
           "  leakyard run -d ./my-tool --flavour next:cc=gcc-13 -O junit:yard.xml\n\n"
           "Exit status: 0 as expected, 1 a verdict differs or a scenario is unproved, 2 usage, "
           "3 the infrastructure failed, 4 nothing selected.",
    .children = children,
};

/* The records to go on with, or NULL to begin anew. */
static results_t *earlier(const struct run_options *options, GError **error)
{
    char *paths[] = {options->results};
    return results_read(paths, 1, error);
}

static bool same_provenance(const results_t *before, const Yard__Provenance *provenance,
                            GError **error)
{
    for (guint i = 0; i < before->records->len; i++) {
        const Yard__Record *record = g_ptr_array_index(before->records, i);
        if (record->provenance != NULL &&
            g_strcmp0(record->provenance->scenarios_hash, provenance->scenarios_hash) != 0)
            return fail(error, EXIT_USAGE,
                        "the scenarios have changed since that run; leave --resume out");
    }
    return true;
}

/* Writes every report that was asked for; a failure ends that, unless nobody wants to
 * hear of it. Returns what the run exits with. */
static int report(const struct run_options *options, const GPtrArray *records, GError **error)
{
    struct report_input input;
    report_input_init(&input, records);
    input.strict = options->strict;
    bool written = true;
    for (guint i = 0; i < options->outputs->len && (written || error == NULL); i++)
        written = report_write(&input, g_ptr_array_index(options->outputs, i),
                               options->scope.common.colour, error);
    int code = written ? report_exit_code(&input) : EXIT_INFRASTRUCTURE;
    report_input_clear(&input);
    return code;
}

/* One shell line for each of RUNS. */
static bool print_commands(const GPtrArray *runs, const catalog_t *catalog,
                           const struct launch_options *options, GError **error)
{
    for (guint i = 0; i < runs->len; i++) {
        const struct planned_run *run = g_ptr_array_index(runs, i);
        if (run->unsupported != NULL)
            continue;
        struct launched *launched = launch_prepare(catalog, run, false, options, error);
        if (launched == NULL)
            return false;
        puts(launched->command);
        tree_remove(launched->request.directory, NULL);
        launched_free(launched);
    }
    return true;
}

static int print_plan(const struct plan *plan, const struct root *root, const catalog_t *catalog,
                      GError **error)
{
    g_auto(GStrv) environment = environment_clean();
    char *runs = runs_open(root, error);
    if (runs == NULL)
        return EXIT_INFRASTRUCTURE;
    struct launch_options options = {.runs = runs, .environment = environment};
    bool fine = print_commands(plan->proving, catalog, &options, error) &&
                print_commands(plan->judged, catalog, &options, error);
    runs_close(runs);
    return fine ? EXIT_AS_EXPECTED : EXIT_INFRASTRUCTURE;
}

/* Carries PLAN out with the results file open, and reports. */
static int run_plan(struct run_options *options, const struct plan *plan, GError **error)
{
    const catalog_t *catalog = options->scope.catalog;
    const struct root *root = &options->scope.common.root;
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(record_free);
    Yard__Provenance *provenance = provenance_new(root, catalog, options->jobs.seed);
    g_ptr_array_add(records, record_of_provenance(provenance));
    g_autoptr(results_t) before = options->resume ? earlier(options, error) : NULL;
    if (options->resume && (before == NULL || !same_provenance(before, provenance, error)))
        return EXIT_INFRASTRUCTURE;
    g_autoptr(expectations_t) expectations =
        expectations_read((char *const *)options->expected->pdata, root->schema, error);
    if (expectations == NULL)
        return EXIT_INFRASTRUCTURE;
    int file = results_open(options->results, !options->resume, error);
    if (file < 0 || !results_append(file, g_ptr_array_index(records, 0), error))
        return EXIT_INFRASTRUCTURE;
    struct conduct_options conduct_options = {
        .catalog = catalog,
        .root = root,
        .expectations = expectations,
        .jobs = options->jobs.jobs,
        .time_limit = options->jobs.time_limit,
        .fail_fast = options->fail_fast,
        .keep = options->keep,
        .results = file,
        .before = before ? before->records : NULL,
    };
    bool fine = conduct(plan, &conduct_options, records, error);
    if (!fine)
        g_prefix_error(error, "stopped; the same command with --resume goes on: ");
    close(file);
    if (before != NULL) /* as in the file: of a cell the last record counts */
        g_ptr_array_extend_and_steal(before->records, g_ptr_array_ref(records));
    int code = report(options, before ? before->records : records, fine ? error : NULL);
    return fine ? code : EXIT_INFRASTRUCTURE;
}

static int prepare_and_run(struct run_options *options, GError **error)
{
    if (!scope_open(&options->scope, error))
        return EXIT_INFRASTRUCTURE;
    catalog_t *catalog = options->scope.catalog;
    const struct root *root = &options->scope.common.root;
    g_ptr_array_insert(options->expected, 0, g_strdup(root->expected));
    g_mkdir_with_parents(root->state, 0755); /* who needs it says why not */
    if (options->results == NULL)
        options->results = results_path(root, NULL);
    g_autoptr(GPtrArray) labels = job_labels(&options->jobs, error);
    g_autoptr(GPtrArray) flavours =
        labels ? job_flavours(&options->jobs, root, catalog, error) : NULL;
    if (flavours == NULL)
        return EXIT_INFRASTRUCTURE;
    struct plan_options plan_options = job_plan_options(&options->jobs, labels, flavours);
    struct plan *plan = plan_make(catalog, options->scope.scenarios, &options->scope.selection,
                                  &plan_options, error);
    if (plan == NULL)
        return EXIT_INFRASTRUCTURE;
    int code;
    if (plan->proving->len == 0)
        code = fail(error, EXIT_NOTHING_SELECTED,
                    "none of the selected detectors looks at any of the selected scenarios");
    else if (options->dry_run)
        code = print_plan(plan, root, catalog, error);
    else
        code = run_plan(options, plan, error);
    plan_free(plan);
    return code;
}

static int run_run(int argc, char **argv, GError **error)
{
    struct run_options options = {.outputs = g_ptr_array_new_with_free_func(report_output_free),
                                  .expected = g_ptr_array_new_null_terminated(2, g_free, TRUE)};
    job_options_init(&options.jobs);
    command_parse(&argp, argc, argv, &options);
    if (options.outputs->len == 0)
        g_ptr_array_add(options.outputs, report_output_parse("text:-", NULL));
    int code = prepare_and_run(&options, error);
    g_ptr_array_unref(options.outputs);
    g_ptr_array_unref(options.expected);
    g_free(options.results);
    job_options_clear(&options.jobs);
    scope_clear(&options.scope);
    return code;
}

static const struct command run = {
    .name = "run",
    .summary = "run scenarios under detectors and judge what they say",
    .run = run_run,
};
COMMAND(run);
