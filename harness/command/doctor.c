/* leakyard doctor: the positive control. Does each detector see a known leak, here
 * and now, in the environment that the caller really uses? */
#include <stdio.h>
#include <string.h>

#include "command/command.h"
#include "command/conduct.h"
#include "command/jobs.h"
#include "schema/words.h"

struct doctor_options {
    struct common_options common;
    struct job_options jobs;
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    (void)argument;
    struct doctor_options *options = state->input;
    if (key != ARGP_KEY_INIT)
        return ARGP_ERR_UNKNOWN;
    state->child_inputs[0] = state->child_inputs[1] = &options->jobs;
    state->child_inputs[2] = &options->common;
    return 0;
}

static const struct argp_child children[] = {{&detector_argp, 0, WHICH_DETECTORS},
                                             {&pace_argp, 0, WHICH_BUILDS},
                                             {&common_argp, 0, EVERYWHERE},
                                             {0}};

static const struct argp argp = {
    .parser = parse,
    .doc = "Runs one known leak and its fixed twin under each detector, in your own environment: "
           "your ASAN_OPTIONS, GODEBUG, limits, container and ptrace rules.\v"
           "A detector that misses its leak here is switched off, and a green build means "
           "nothing. Exit status: 0 all see their leak, 1 one does not.\n\n"
           "Example: ASAN_OPTIONS=detect_leaks=0 leakyard doctor -d lsan",
    .children = children,
};

/* The detector's two verdicts, or why there are none. */
struct check_up {
    const struct label *label;
    const Yard__Result *leaky, *fixed;
    const char *unproved;
};

static void find_results(const GPtrArray *records, struct check_up *check_up)
{
    for (guint i = 0; i < records->len; i++) {
        const Yard__Record *record = g_ptr_array_index(records, i);
        const Yard__Result *result = record->result;
        if (record->proof != NULL && record->proof->status != YARD__PROOF__STATUS__PROVED)
            check_up->unproved = record->proof->reason;
        if (result == NULL)
            continue;
        if (result->variant == YARD__VARIANT__LEAKY)
            check_up->leaky = result;
        else
            check_up->fixed = result;
    }
}

static bool is_healthy(const struct check_up *check_up)
{
    return check_up->leaky != NULL && check_up->fixed != NULL &&
           check_up->leaky->verdict == YARD__RESULT__VERDICT__FOUND &&
           check_up->fixed->verdict == YARD__RESULT__VERDICT__CLEAN;
}

static char *diagnosis(const struct check_up *check_up, GStrv environment)
{
    const struct detector *detector = check_up->label->detector;
    const char *folder = check_up->leaky->artefacts;
    if (detector->diagnose == NULL || folder == NULL)
        return NULL;
    struct subject subject = {.directory = folder, .argv = (char *[]){NULL}};
    return detector->diagnose(check_up->label, &subject, environment);
}

static void print_check_up(const struct check_up *check_up, GStrv environment)
{
    const struct label *label = check_up->label;
    printf("%-16s %-10s ", label->name, label->version ? label->version : "");
    if (label->unusable != NULL) {
        printf("not usable: %s\n", label->unusable);
        return;
    }
    if (is_healthy(check_up)) {
        printf("sees %s, and says nothing of its twin\n", label->detector->control);
        return;
    }
    if (check_up->leaky == NULL || check_up->fixed == NULL) {
        printf("could not be tried: %s\n",
               check_up->unproved ? check_up->unproved : "its control was not run");
        return;
    }
    const Yard__Result *wrong = check_up->leaky->verdict != YARD__RESULT__VERDICT__FOUND
                                    ? check_up->leaky
                                    : check_up->fixed;
    g_autofree char *cause = diagnosis(check_up, environment);
    printf("WRONG: %s on the %s variant of %s: %s\n",
           word_of(&yard__result__verdict__descriptor, wrong->verdict),
           word_lower(&yard__variant__descriptor, wrong->variant), label->detector->control,
           wrong->reason);
    if (cause != NULL)
        printf("%28s%s\n", "", cause);
}

/* Runs LABEL's control in ENVIRONMENT. */
static bool examine(const struct doctor_options *options, const catalog_t *catalog,
                    struct label *label, GPtrArray *flavours, GStrv environment, bool *healthy,
                    GError **error)
{
    struct selection selection;
    selection_init(&selection);
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    g_ptr_array_add(labels, label);
    g_autoptr(GPtrArray) scenarios = g_ptr_array_new();
    g_ptr_array_add(scenarios, (gpointer)catalog_scenario(catalog, label->detector->control));
    struct plan_options plan_options = job_plan_options(&options->jobs, labels, flavours);
    struct plan *plan = plan_make(catalog, scenarios, &selection, &plan_options, error);
    struct conduct_options conduct_options = {.catalog = catalog,
                                              .root = &options->common.root,
                                              .jobs = options->jobs.jobs,
                                              .time_limit = options->jobs.time_limit,
                                              .keep = true,
                                              .environment = environment,
                                              .results = -1};
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(record_free);
    bool fine = plan != NULL && conduct(plan, &conduct_options, records, error);
    struct check_up check_up = {.label = label};
    find_results(records, &check_up);
    if (fine)
        print_check_up(&check_up, environment);
    *healthy = is_healthy(&check_up);
    plan_free(plan);
    selection_clear(&selection);
    return fine;
}

static int examine_all(struct doctor_options *options, GError **error)
{
    g_autoptr(catalog_t) catalog = common_catalog(&options->common, error);
    g_autoptr(GPtrArray) labels = catalog ? job_labels(&options->jobs, error) : NULL;
    g_autoptr(GPtrArray) flavours =
        labels ? job_flavours(&options->jobs, &options->common.root, catalog, error) : NULL;
    if (flavours == NULL)
        return EXIT_INFRASTRUCTURE;
    g_auto(GStrv) environment = g_get_environ();
    bool all_healthy = true;
    for (guint i = 0; i < labels->len; i++) {
        struct label *label = g_ptr_array_index(labels, i);
        const char *control = label->detector->control;
        if (control == NULL || catalog_scenario(catalog, control) == NULL) {
            printf("%-16s %-10s has no control in this catalogue\n", label->name, label->version);
            continue;
        }
        bool healthy;
        if (!examine(options, catalog, label, flavours, environment, &healthy, error))
            return EXIT_INFRASTRUCTURE;
        all_healthy = all_healthy && healthy;
    }
    puts(all_healthy ? "\nEvery detector sees its leak."
                     : "\nWhat a detector cannot see here, a green build does not show.");
    return all_healthy ? EXIT_AS_EXPECTED : EXIT_DIFFERS;
}

static int run_doctor(int argc, char **argv, GError **error)
{
    struct doctor_options options = {0};
    job_options_init(&options.jobs);
    command_parse(&argp, argc, argv, &options);
    int code = examine_all(&options, error);
    job_options_clear(&options.jobs);
    common_options_clear(&options.common);
    return code;
}

static const struct command doctor = {
    .name = "doctor",
    .summary = "does each detector see a known leak, in your environment?",
    .run = run_doctor,
};
COMMAND(doctor);
