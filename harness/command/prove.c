/* leakyard prove: what every program really leaks, counted without any detector. */
#include <stdio.h>

#include "command/command.h"
#include "command/conduct.h"
#include "command/jobs.h"
#include "report/json.h"
#include "schema/words.h"

struct prove_options {
    struct scope scope;
    struct job_options jobs;
    bool json;
};

enum {
    KEY_JSON = 0x200,
};

static const struct argp_option keys[] = {
    {"json", KEY_JSON, NULL, 0, "machine-readable, one array of proofs", 3},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    (void)argument;
    struct prove_options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->scope;
        state->child_inputs[1] = state->child_inputs[2] = &options->jobs;
        return 0;
    case KEY_JSON:
        options->json = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child children[] = {
    {&scope_argp, 0, NULL, 0}, {&pace_argp, 0, WHICH_BUILDS}, {&order_argp, 0, HOW_OFTEN}, {0}};

static const struct argp argp = {
    .options = keys,
    .parser = parse,
    .doc =
        "Counts, with no detector, what each program leaks: in every flavour, after half of "
        "the rounds and after all.\v"
        "A leaky variant must hold exactly rounds × units_per_round, a fixed or clean one never "
        "more than its bound, and both variants must return the same value. What leaks with some "
        "toolchains or settings only is proved sound with the others.\n\n"
        "Fields of --json: those of \"proofs\" in the JSON report (harness/report/json.c): id, "
        "class, language, resource, kind, variant, flavour, repetition, status, reason, settings, "
        "method, rounds, expected_units, half_units, units, peak_units, blocks_per_unit, value "
        "…\n\n"
        "Example: leakyard prove heap --flavour O2",
    .children = children,
};

static void print_json(const GPtrArray *records)
{
    json_t *proofs = json_array();
    for (guint i = 0; i < records->len; i++) {
        const Yard__Record *record = g_ptr_array_index(records, i);
        if (record->proof != NULL)
            json_array_append_new(proofs, proof_json(record->proof));
    }
    json_dumpf(proofs, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(proofs);
}

static void print_proof(const Yard__Proof *proof)
{
    printf("%-32s %-6s %-14s ", proof->scenario,
           word_lower(&yard__variant__descriptor, proof->variant), proof->flavour);
    if (proof->status != YARD__PROOF__STATUS__PROVED) {
        printf("%s: %s\n", word_of(&yard__proof__status__descriptor, proof->status), proof->reason);
        return;
    }
    bool leaky = proof->variant == YARD__VARIANT__LEAKY && !proof->healed;
    printf("%8" G_GINT64_FORMAT " %s %-8" G_GINT64_FORMAT " %s",
           leaky ? proof->units : proof->peak_units, leaky ? "= " : "<=", proof->expected_units,
           word_lower(&yard__proof__method__descriptor, proof->method));
    if (proof->has_blocks_per_unit && proof->blocks_per_unit > 1)
        printf(", %g blocks a unit", proof->blocks_per_unit);
    if (proof->healed && proof->variant == YARD__VARIANT__LEAKY)
        printf(", sound with this toolchain");
    if (proof->settings != NULL)
        printf(", %s", proof->settings);
    putchar('\n');
}

static guint count_of(const GPtrArray *records, Yard__Proof__Status status)
{
    guint count = 0;
    for (guint i = 0; i < records->len; i++) {
        const Yard__Record *record = g_ptr_array_index(records, i);
        count += record->proof != NULL && record->proof->status == status;
    }
    return count;
}

static void print_text(const GPtrArray *records)
{
    printf("%-32s %-6s %-14s %8s    %-8s counted by\n", "scenario", "", "flavour", "units",
           "expected");
    for (guint i = 0; i < records->len; i++) {
        const Yard__Record *record = g_ptr_array_index(records, i);
        if (record->proof != NULL)
            print_proof(record->proof);
    }
    printf("\n%u proved, %u unproved, %u unsupported\n",
           count_of(records, YARD__PROOF__STATUS__PROVED),
           count_of(records, YARD__PROOF__STATUS__UNPROVED),
           count_of(records, YARD__PROOF__STATUS__UNSUPPORTED));
}

static gint by_cell(gconstpointer a, gconstpointer b)
{
    const Yard__Proof *first = (*(Yard__Record *const *)a)->proof;
    const Yard__Proof *second = (*(Yard__Record *const *)b)->proof;
    gint order = g_strcmp0(first->scenario, second->scenario);
    if (order == 0)
        order = g_strcmp0(first->flavour, second->flavour);
    if (order == 0)
        order = g_strcmp0(first->settings, second->settings);
    return order ? order : (gint)first->variant - (gint)second->variant;
}

static bool prove_selected(struct prove_options *options, GPtrArray *records, GError **error)
{
    struct scope *scope = &options->scope;
    if (!scope_open(scope, error))
        return false;
    g_autoptr(GPtrArray) flavours =
        job_flavours(&options->jobs, &scope->common.root, scope->catalog, error);
    if (flavours == NULL)
        return false;
    g_autoptr(GPtrArray) nobody = g_ptr_array_new();
    struct plan_options plan_options = job_plan_options(&options->jobs, nobody, flavours);
    struct plan *plan =
        plan_make(scope->catalog, scope->scenarios, &scope->selection, &plan_options, error);
    if (plan == NULL)
        return false;
    struct conduct_options conduct_options = {.catalog = scope->catalog,
                                              .root = &scope->common.root,
                                              .jobs = options->jobs.jobs,
                                              .time_limit = options->jobs.time_limit,
                                              .results = -1};
    bool fine = conduct(plan, &conduct_options, records, error);
    plan_free(plan);
    return fine;
}

static int run_prove(int argc, char **argv, GError **error)
{
    struct prove_options options = {0};
    job_options_init(&options.jobs);
    command_parse(&argp, argc, argv, &options);
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(record_free);
    bool fine = prove_selected(&options, records, error);
    g_ptr_array_sort(records, by_cell);
    if (options.json && (fine || records->len > 0))
        print_json(records);
    else if (fine || records->len > 0)
        print_text(records);
    job_options_clear(&options.jobs);
    scope_clear(&options.scope);
    guint unproved = count_of(records, YARD__PROOF__STATUS__UNPROVED);
    return !fine ? EXIT_INFRASTRUCTURE : unproved > 0 ? EXIT_DIFFERS : EXIT_AS_EXPECTED;
}

static const struct command prove_command = {
    .name = "prove",
    .summary = "count what every program really leaks, with no detector",
    .run = run_prove,
};
COMMAND(prove_command);
