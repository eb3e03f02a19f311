/*
 * leakyard ablate: which part of the work leaks? Takes stages out of the leaky program, as
 * one deletes code when nothing else helps, and counts what is still lost.
 */
#include <stdio.h>

#include "command/command.h"
#include "command/conduct.h"
#include "command/jobs.h"
#include "support/smallest.h"

struct ablate_options {
    struct scope scope;
    struct job_options jobs;
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    (void)argument;
    struct ablate_options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->scope;
        state->child_inputs[1] = &options->jobs;
        return 0;
    case ARGP_KEY_END:
        if (options->scope.selection.globs->len == 0)
            argp_error(state, "name a scenario, such as incident/old-framework");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child children[] = {
    {&scope_argp, 0, NULL, 0}, {&pace_argp, 0, WHICH_BUILDS}, {0}};

static const struct argp argp = {
    .parser = parse,
    .children = children,
    .doc =
        "Finds the part of the work that leaks, by taking parts out: runs the leaky variant under "
        "the census of 'leakyard prove', first whole, then without each of the stages that its "
        "manifest declares, then with ever fewer of them, down to the smallest set that still "
        "leaks. No detector is asked, and one run follows the other, whatever -j says.\v"
        "A stage that is out passes on undone what it was given, so that those behind it do not "
        "starve: a check passes everything as valid, a queue hands on at once. By hand it is the "
        "environment that takes stages out: YARD_WITHOUT=queue,check.\n\n"
        "The smallest set is one without any member of which nothing leaks (delta debugging: "
        "halves first, then what is left without them). A run that fails counts as one that does "
        "not leak, and the table says so.\n\n"
        "Exit code: 0 a smallest set was found, 1 the whole program does not leak, 2 the scenario "
        "declares no stages, 4 there is no such scenario.\n\n"
        "Example: leakyard ablate incident/old-framework",
};

/* The program with some of its stages. */
struct cut {
    thing_set kept;
    bool leaks;
    double units; /* lost in a round; meaningless if there is a reason */
    char *reason; /* why it could not be run to its end, or NULL */
};

struct ablation {
    const Yard__Scenario *scenario;
    const struct plan *plan; /* one proving run of the leaky variant */
    struct conduct_options conduct;
    GPtrArray *cuts; /* struct cut *, all that were tried */
};

static void cut_free(gpointer data)
{
    struct cut *cut = data;
    g_free(cut->reason);
    g_free(cut);
}

/* Names of the stages in SET, or not in it, with SEPARATOR. Free with g_free. */
static char *names_of(const Yard__Scenario *scenario, thing_set set, bool in, const char *separator)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (size_t i = 0; i < scenario->n_stage; i++)
        if ((set >> i & 1) == in)
            g_string_append_printf(names, "%s%s", names->len ? separator : "",
                                   scenario->stage[i]->name);
    return g_string_free(g_steal_pointer(&names), FALSE);
}

/* ---- One cut ---- */

/* What PROOF counted, be it what the manifest says of the whole program or not. */
static struct cut *cut_new(const Yard__Scenario *scenario, thing_set kept, const Yard__Proof *proof)
{
    struct cut *cut = g_new0(struct cut, 1);
    cut->kept = kept;
    bool whole = proof->has_units && proof->rounds == scenario->rounds && proof->units >= 0;
    if (!whole)
        cut->reason = g_strdup(proof->reason ? proof->reason : "it did not get to its end");
    else
        cut->units = (double)proof->units / proof->rounds;
    cut->leaks = whole && proof->units > scenario->bound && proof->units > proof->half_units;
    return cut;
}

static void print_cut(const struct ablation *ablation, const struct cut *cut)
{
    g_autofree char *names = names_of(ablation->scenario, cut->kept, true, ", ");
    g_autofree char *units = cut->reason ? g_strdup("-") : g_strdup_printf("%g", cut->units);
    printf("  %-40s %13s   %s%s\n", *names ? names : "(none)", units,
           cut->reason  ? "fails: "
           : cut->leaks ? "leaks"
                        : "does not leak",
           cut->reason ? cut->reason : "");
    fflush(stdout);
}

static const struct cut *cut_before(const struct ablation *ablation, thing_set kept)
{
    for (guint i = 0; i < ablation->cuts->len; i++) {
        const struct cut *cut = g_ptr_array_index(ablation->cuts, i);
        if (cut->kept == kept)
            return cut;
    }
    return NULL;
}

/* Runs the program with the stages in KEPT, and prints what came of it, unless that was
 * done before. NULL, with ERROR, if the infrastructure failed. */
static const struct cut *try_cut(struct ablation *ablation, thing_set kept, GError **error)
{
    const struct cut *before = cut_before(ablation, kept);
    if (before != NULL)
        return before;
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(record_free);
    g_autofree char *without = names_of(ablation->scenario, kept, false, ",");
    g_auto(GStrv) environment =
        g_environ_setenv(environment_clean(), "YARD_WITHOUT", without, TRUE);
    struct conduct_options options = ablation->conduct;
    options.environment = environment;
    if (!conduct(ablation->plan, &options, records, error))
        return NULL;
    const Yard__Record *record = g_ptr_array_index(records, 0);
    struct cut *cut = cut_new(ablation->scenario, kept, record->proof);
    g_ptr_array_add(ablation->cuts, cut);
    print_cut(ablation, cut);
    return cut;
}

static bool still_leaks(thing_set kept, bool *leaks, void *data, GError **error)
{
    const struct cut *cut = try_cut(data, kept, error);
    *leaks = cut != NULL && cut->leaks;
    return cut != NULL;
}

/* ---- The search ---- */

static thing_set all_stages(const Yard__Scenario *scenario)
{
    return (thing_set)((G_GUINT64_CONSTANT(1) << scenario->n_stage) - 1);
}

static void print_titles(const Yard__Scenario *scenario, thing_set set)
{
    const char *separator = "";
    for (size_t i = 0; i < scenario->n_stage; i++)
        if (set >> i & 1) {
            printf("%s%s", separator, scenario->stage[i]->title);
            separator = "; ";
        }
}

static void print_smallest(const Yard__Scenario *scenario, thing_set smallest)
{
    g_autofree char *names = names_of(scenario, smallest, true, ", ");
    if (smallest == 0) {
        printf("\nIt leaks without any of its stages: the defect is in none of them.\n");
        return;
    }
    printf("\nThe smallest set of stages that still leaks is %s: ", names);
    print_titles(scenario, smallest);
    puts(".");
}

/* First each stage alone, then halves. Returns the exit code. */
static int search(struct ablation *ablation, GError **error)
{
    thing_set all = all_stages(ablation->scenario), smallest;
    printf("  %-40s %13s   verdict\n", "stages kept", "units a round");
    const struct cut *whole = try_cut(ablation, all, error);
    if (whole == NULL)
        return EXIT_INFRASTRUCTURE;
    if (whole->reason != NULL) {
        fail(error, EXIT_INFRASTRUCTURE, "%s can't be counted whole: %s", ablation->scenario->id,
             whole->reason);
        return EXIT_INFRASTRUCTURE;
    }
    if (!whole->leaks) {
        puts("\nThe whole program does not leak: there is nothing to look for.");
        return EXIT_DIFFERS;
    }
    for (size_t i = 0; i < ablation->scenario->n_stage; i++)
        if (try_cut(ablation, all & ~((thing_set)1 << i), error) == NULL)
            return EXIT_INFRASTRUCTURE;
    if (!smallest_set(all, still_leaks, ablation, &smallest, error))
        return EXIT_INFRASTRUCTURE;
    print_smallest(ablation->scenario, smallest);
    return EXIT_AS_EXPECTED;
}

/* The one scenario that was asked for; NULL, with ERROR, if it can't be taken apart. */
static const Yard__Scenario *scenario_asked_for(const struct scope *scope, GError **error)
{
    const Yard__Scenario *scenario = g_ptr_array_index(scope->scenarios, 0);
    if (scope->scenarios->len > 1)
        fail(error, EXIT_USAGE, "one scenario at a time; that names %u", scope->scenarios->len);
    else if (scenario->n_stage == 0)
        fail(error, EXIT_USAGE,
             "%s declares no stages that could be taken out (stage, in its "
             "manifest)",
             scenario->id);
    else
        return scenario;
    return NULL;
}

static struct plan *plan_one(struct ablate_options *options, GError **error)
{
    struct scope *scope = &options->scope;
    g_autoptr(GPtrArray) flavours =
        job_flavours(&options->jobs, &scope->common.root, scope->catalog, error);
    if (flavours == NULL)
        return NULL;
    if (flavours->len == 0)
        g_ptr_array_add(flavours, g_strdup("plain"));
    if (flavours->len > 1) {
        fail(error, EXIT_USAGE, "one flavour at a time");
        return NULL;
    }
    g_autoptr(GPtrArray) nobody = g_ptr_array_new();
    struct plan_options plan_options = job_plan_options(&options->jobs, nobody, flavours);
    scope->selection.variants = 1u << YARD__VARIANT__LEAKY;
    return plan_make(scope->catalog, scope->scenarios, &scope->selection, &plan_options, error);
}

static int ablate(struct ablate_options *options, GError **error)
{
    struct scope *scope = &options->scope;
    if (!scope_open(scope, error))
        return EXIT_USAGE;
    struct ablation ablation = {.scenario = scenario_asked_for(scope, error)};
    struct plan *plan = ablation.scenario ? plan_one(options, error) : NULL;
    if (plan == NULL)
        return EXIT_USAGE;
    ablation.plan = plan;
    ablation.conduct = (struct conduct_options){.catalog = scope->catalog,
                                                .root = &scope->common.root,
                                                .jobs = 1,
                                                .time_limit = options->jobs.time_limit,
                                                .results = -1};
    ablation.cuts = g_ptr_array_new_with_free_func(cut_free);
    int code = search(&ablation, error);
    g_ptr_array_unref(ablation.cuts);
    plan_free(plan);
    return code;
}

static int run_ablate(int argc, char **argv, GError **error)
{
    struct ablate_options options = {0};
    job_options_init(&options.jobs);
    command_parse(&argp, argc, argv, &options);
    int code = ablate(&options, error);
    job_options_clear(&options.jobs);
    scope_clear(&options.scope);
    return code;
}

static const struct command ablate_command = {
    .name = "ablate",
    .summary = "take a program apart: the smallest part that still leaks",
    .run = run_ablate,
};
COMMAND(ablate_command);
