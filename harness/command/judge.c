/* leakyard judge: what do detectors say of any program? For a person, or `git bisect run`. */
#include <stdio.h>
#include <string.h>

#include "command/command.h"
#include "command/frames.h"
#include "command/jobs.h"
#include "detect/own_report.h"
#include "judge/guest.h"
#include "judge/trust.h"
#include "plan/launch.h"
#include "schema/message.h"
#include "schema/words.h"
#include "support/tree.h"

enum {
    KEY_ROUNDS = 0x400,
    EXIT_CANNOT_TELL = 125, /* git-bisect(1): this one is to be skipped */
    MOST_FINDINGS = 3,
    MOST_FRAMES = 8,
};

struct judge_options {
    struct common_options common;
    struct job_options jobs;
    guint rounds; /* 0: the guest is not led */
    char **guest; /* its command line */
};

/* One detector's look at the guest. */
struct hearing {
    struct label *label;
    struct planned_run planned;
    struct launched *launched; /* NULL: it never came to a run */
    GPtrArray *findings;       /* of Yard__Finding * that speak of a leak, the largest first */
    char *trouble;             /* why it can't tell, or NULL */
};

/* ---- The command line ---- */

static const struct argp_option keys[] = {
    {"rounds", KEY_ROUNDS, "N", 0,
     "COMMAND is linked with the kit: lead it through N rounds, a multiple of 10. Detectors that "
     "look at checkpoints need it",
     1},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct judge_options *options = state->input;
    guint64 rounds;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = state->child_inputs[1] = &options->jobs;
        state->child_inputs[2] = &options->common;
        return 0;
    case KEY_ROUNDS:
        if (!g_ascii_string_to_unsigned(argument, 10, 10, 1000000, &rounds, NULL) || rounds % 10)
            argp_error(state, "--rounds takes a multiple of 10, not '%s'", argument);
        options->rounds = (guint)rounds;
        return 0;
    case ARGP_KEY_ARG:
        options->guest = state->argv + state->next - 1;
        state->next = state->argc;
        return 0;
    case ARGP_KEY_END:
        if (options->guest == NULL)
            argp_error(state, "which program? leakyard judge -- COMMAND [ARGUMENT…]");
        if (options->jobs.flavours->len > 0)
            argp_error(state, "--flavour is for scenarios; COMMAND is built already");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child children[] = {{&detector_argp, 0, WHICH_DETECTORS},
                                             {&pace_argp, 0, WHICH_BUILDS},
                                             {&common_argp, 0, EVERYWHERE},
                                             {0}};

static const struct argp argp = {
    .options = keys,
    .parser = parse,
    .args_doc = "-- COMMAND [ARGUMENT…]",
    .doc = "Runs any program under detectors, once for each, and prints side by side what they "
           "say of leaks. It needs no manifest, and there is no truth to judge by: the tools' own "
           "word counts, and growth of what is merely held, by half a unit a round or more.\v"
           "Without --detector: every one that the program needs not be built for. COMMAND runs in "
           "your environment, but for HOME and TMPDIR, which are a private folder. Exit status: 0 "
           "nothing found, 1 something found, 2 bad usage, 125 can't tell: none found anything and "
           "one can't tell, or the harness itself failed; `git bisect run` then skips.\n\n"
           "Examples:\n"
           "  leakyard judge -d memcheck -- ./parser telegram.txt\n"
           "  git bisect run sh -c 'make || exit 125; leakyard judge -d memcheck -- ./parser'",
    .children = children,
};

/* ---- The hearings ---- */

static void hearing_free(gpointer data)
{
    struct hearing *hearing = data;
    if (hearing->launched != NULL)
        tree_remove(hearing->launched->request.directory, NULL);
    launched_free(hearing->launched);
    g_ptr_array_unref(hearing->planned.labels);
    g_ptr_array_unref(hearing->findings);
    g_free(hearing->trouble);
    g_free(hearing);
}

static struct hearing *hearing_new(struct label *label, const Yard__Scenario *scenario,
                                   const Yard__Flavour *flavour)
{
    struct hearing *hearing = g_new0(struct hearing, 1);
    hearing->label = label;
    hearing->planned = (struct planned_run){.scenario = scenario,
                                            .variant = YARD__VARIANT__LEAKY,
                                            .flavour = flavour,
                                            .repetition = 1,
                                            .labels = g_ptr_array_new()};
    g_ptr_array_add(hearing->planned.labels, label);
    hearing->findings = g_ptr_array_new_with_free_func(finding_free);
    hearing->trouble = g_strdup(label->unusable);
    return hearing;
}

static gint by_units(gconstpointer a, gconstpointer b)
{
    const Yard__Finding *first = *(Yard__Finding *const *)a, *second = *(Yard__Finding *const *)b;
    return (first->units < second->units) - (first->units > second->units);
}

static void take_findings(struct hearing *hearing, const struct run_outcome *outcome)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(finding_free);
    const struct look *look = &hearing->launched->looks[0];
    if (!look->label->detector->findings(look->label, &look->subject, &outcome->ending, all,
                                         &error)) {
        hearing->trouble = g_strdup(error->message);
        return;
    }
    hearing->trouble = report_contradiction(look->label->detector, &outcome->ending, all->len);
    guint rounds = hearing->launched->request.silent ? 0 : hearing->planned.scenario->rounds;
    while (all->len > 0) {
        Yard__Finding *finding = g_ptr_array_steal_index(all, 0);
        if (guest_finding_leaks(finding, rounds))
            g_ptr_array_add(hearing->findings, finding);
        else
            finding_free(finding);
    }
    g_ptr_array_sort(hearing->findings, by_units);
}

static void hear(struct run_request *request, const struct run_outcome *outcome, void *data)
{
    (void)request;
    struct hearing *hearing = data;
    g_autofree char *ending = ending_text(&outcome->ending);
    if (outcome->outcome != OUTCOME_COMPLETED)
        hearing->trouble = g_strdup(outcome->reason);
    else if (!run_ended_well(hearing->planned.scenario, hearing->label->detector, outcome))
        hearing->trouble =
            g_strdup_printf("it ended badly: %s%s%s", ending, outcome->said ? ": " : "",
                            outcome->said ? outcome->said : "");
    else
        take_findings(hearing, outcome);
}

static bool hold(const struct judge_options *options, GPtrArray *hearings, const char *runs,
                 GError **error)
{
    g_auto(GStrv) environment = g_get_environ();
    g_autoptr(runner_t) runner = runner_new(options->jobs.jobs, NULL);
    struct launch_options launch = {
        .runs = runs, .time_limit = options->jobs.time_limit, .environment = environment};
    for (guint i = 0; i < hearings->len; i++) {
        struct hearing *hearing = g_ptr_array_index(hearings, i);
        if (hearing->trouble != NULL)
            continue;
        hearing->launched =
            launch_guest(&hearing->planned, options->guest, options->rounds > 0, &launch, error);
        if (hearing->launched == NULL ||
            (options->rounds == 0 &&
             !own_report_expect_one(hearing->launched->looks[0].subject.directory, error)))
            return false;
        hearing->launched->request.finished = hear;
        hearing->launched->request.data = hearing;
        runner_add(runner, &hearing->launched->request);
    }
    return runner_go(runner, error);
}

/* ---- The report ---- */

static void print_finding(const Yard__Finding *finding)
{
    static const char *const words[] = {[YARD__CLAIM__LEAKED] = "leaked",
                                        [YARD__CLAIM__SUSPECTED] = "possibly lost",
                                        [YARD__CLAIM__OUTSTANDING] = "held"};
    g_autofree char *unit =
        g_strdup(finding->has_resource ? word_lower(&yard__resource__descriptor, finding->resource)
                                       : "construct");
    printf("    ");
    if (finding->has_units)
        printf("%" G_GINT64_FORMAT " ", finding->units);
    printf("%s%s %s", g_strdelimit(unit, "-", ' '),
           finding->has_units && finding->units != 1 ? "s" : "", words[finding->claim]);
    if (finding->has_bytes)
        printf(", %" G_GINT64_FORMAT " bytes", finding->bytes);
    putchar('\n');
    frames_print(finding, "      ", MOST_FRAMES);
}

static void print_hearing(const struct hearing *hearing)
{
    const struct label *label = hearing->label;
    printf("%-16s %-10s ", label->name, label->version ? label->version : "");
    if (hearing->trouble != NULL)
        printf("can't tell: %s\n", hearing->trouble);
    else if (hearing->findings->len == 0)
        puts("nothing");
    else
        printf("found %u leak%s\n", hearing->findings->len, hearing->findings->len == 1 ? "" : "s");
    for (guint i = 0; i < hearing->findings->len && i < MOST_FINDINGS; i++)
        print_finding(g_ptr_array_index(hearing->findings, i));
    if (hearing->findings->len > MOST_FINDINGS)
        printf("    … and %u smaller ones\n", hearing->findings->len - MOST_FINDINGS);
}

/* Prints all, and returns the exit code. */
static int conclude(const GPtrArray *hearings)
{
    guint found = 0, troubled = 0;
    for (guint i = 0; i < hearings->len; i++) {
        const struct hearing *hearing = g_ptr_array_index(hearings, i);
        print_hearing(hearing);
        found += hearing->findings->len > 0;
        troubled += hearing->trouble != NULL;
    }
    printf("\n%u of %u found a leak", found, hearings->len);
    if (troubled > 0)
        printf(", %u can't tell", troubled);
    puts(".");
    return found > 0 ? EXIT_DIFFERS : troubled > 0 ? EXIT_CANNOT_TELL : EXIT_AS_EXPECTED;
}

/* ---- The whole ---- */

static bool may_look(const struct judge_options *options, const struct label *label,
                     unsigned language)
{
    const struct detector *detector = label->detector;
    return guest_suits(detector, options->rounds > 0) && label->unusable == NULL &&
           strcmp(detector->flavour, "plain") == 0 && (detector->languages & language) != 0;
}

/* Why LABEL, which was asked for, has nothing to look at, or NULL. */
static char *objection(const struct judge_options *options, const struct label *label)
{
    if (label->unusable != NULL || guest_suits(label->detector, options->rounds > 0))
        return NULL;
    return g_strdup(looks_at_source(label->detector)
                        ? "it looks at sources, not at programs"
                        : "it looks at checkpoints: link the program with the kit, say --rounds");
}

/* Who was asked for, or else who suits. */
static GPtrArray *choose(const struct judge_options *options, const GPtrArray *labels,
                         const Yard__Scenario *scenario, const Yard__Flavour *flavour)
{
    g_autofree char *program = g_find_program_in_path(options->guest[0]);
    unsigned language = guest_language(program ? program : options->guest[0]);
    GPtrArray *hearings = g_ptr_array_new_with_free_func(hearing_free);
    bool asked = options->jobs.detectors->len > 0;
    for (guint i = 0; i < labels->len; i++) {
        struct label *label = g_ptr_array_index(labels, i);
        if (!asked && !may_look(options, label, language))
            continue;
        struct hearing *hearing = hearing_new(label, scenario, flavour);
        if (hearing->trouble == NULL)
            hearing->trouble = objection(options, label);
        g_ptr_array_add(hearings, hearing);
    }
    return hearings;
}

static int judge_guest(struct judge_options *options, GError **error)
{
    g_autoptr(catalog_t) catalog = common_catalog(&options->common, error);
    g_autoptr(GPtrArray) labels = catalog ? job_labels(&options->jobs, error) : NULL;
    if (labels == NULL)
        return EXIT_INFRASTRUCTURE;
    Yard__Scenario scenario = YARD__SCENARIO__INIT;
    Yard__Flavour flavour = YARD__FLAVOUR__INIT;
    scenario.id = (char *)"guest";
    scenario.rounds = options->rounds;
    flavour.name = (char *)"guest";
    g_autoptr(GPtrArray) hearings = choose(options, labels, &scenario, &flavour);
    if (hearings->len == 0)
        return fail(error, EXIT_NOTHING_SELECTED,
                    "no detector suits %s as it is: name one with --detector, or link it with the "
                    "kit and say --rounds",
                    options->guest[0]);
    char *runs = runs_open(&options->common.root, error);
    if (runs == NULL)
        return EXIT_INFRASTRUCTURE;
    bool fine = hold(options, hearings, runs, error);
    int code = fine ? conclude(hearings) : EXIT_INFRASTRUCTURE;
    g_clear_pointer(&hearings, g_ptr_array_unref);
    runs_close(runs);
    return code;
}

static int run_judge(int argc, char **argv, GError **error)
{
    struct judge_options options = {0};
    job_options_init(&options.jobs);
    command_parse(&argp, argc, argv, &options);
    int code = judge_guest(&options, error);
    if (*error != NULL) { /* any other code would call this commit a bad one */
        (*error)->domain = FAILURE;
        (*error)->code = EXIT_CANNOT_TELL;
    }
    job_options_clear(&options.jobs);
    common_options_clear(&options.common);
    return code;
}

static const struct command judge_command = {
    .name = "judge",
    .summary = "what do detectors say of any program of yours?",
    .run = run_judge,
};
COMMAND(judge_command);
