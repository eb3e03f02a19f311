/* leakyard why: how a verdict came about, so that it can be disputed. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "command/command.h"
#include "command/conduct.h"
#include "command/frames.h"
#include "command/jobs.h"
#include "detect/registry.h"
#include "schema/results.h"
#include "schema/words.h"

struct why_options {
    struct common_options common;
    struct selection selection;
    char *id, *detector, *results, *flavour;
    struct label *label; /* of DETECTOR */
    bool fresh;
};

enum {
    KEY_RESULTS = 0x200,
    KEY_FRESH,
    KEY_FLAVOUR,
    KEY_VARIANT,
    SHOWN_BYTES = 16 * 1024, /* of one artefact */
    RUN_SECONDS = 120,
};

static const struct argp_option keys[] = {
    {"variant", KEY_VARIANT, "WORD", 0, "leaky, fixed or clean (default: all)", 1},
    {"flavour", KEY_FLAVOUR, "NAME", 0, "of that build (default: all that were run)", 1},
    {"fresh", KEY_FRESH, NULL, 0, "run it again, whatever was kept", 1},
    {"results", KEY_RESULTS, "FILE", 0, "the run to explain (default: build/results.pb)", 3},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct why_options *options = state->input;
    int variant;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->common;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 1)
            argp_error(state, "one ID and one DETECTOR, not '%s' too", argument);
        *(state->arg_num == 0 ? &options->id : &options->detector) = argument;
        return 0;
    case ARGP_KEY_END:
        if (options->detector == NULL)
            argp_error(state, "which verdict? An ID and a DETECTOR, please");
        return 0;
    case KEY_VARIANT:
        if (!word_parse(&yard__variant__descriptor, argument, &variant, NULL))
            argp_error(state, "--variant takes leaky, fixed or clean, not '%s'", argument);
        options->selection.variants |= 1u << variant;
        return 0;
    case KEY_FLAVOUR:
        options->flavour = argument;
        return 0;
    case KEY_FRESH:
        options->fresh = true;
        return 0;
    case KEY_RESULTS:
        options->results = g_canonicalize_filename(argument, NULL);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child children[] = {{&common_argp, 0, EVERYWHERE}, {0}};

static const struct argp argp = {
    .options = keys,
    .parser = parse,
    .args_doc = "ID DETECTOR",
    .doc = "Shows how a verdict came about: the command to type, what the tool left behind, each "
           "finding with the rule that judged it, and the census.\v"
           "Artefacts of expected verdicts are not kept: without any, the run is done again.\n\n"
           "Example: leakyard why heap/error-path memcheck --variant leaky",
    .children = children,
};

static void print_findings(const Yard__Result *result)
{
    printf("  findings: %zu\n", result->n_finding);
    for (size_t i = 0; i < result->n_finding; i++) {
        const Yard__Finding *finding = result->finding[i];
        printf("    %zu. %s", i + 1, word_lower(&yard__claim__descriptor, finding->claim));
        if (finding->has_resource)
            printf(" %s", word_lower(&yard__resource__descriptor, finding->resource));
        if (finding->has_units)
            printf(", %" G_GINT64_FORMAT " units", finding->units);
        if (finding->has_bytes)
            printf(", %" G_GINT64_FORMAT " bytes", finding->bytes);
        printf("; %s; %s\n", word_lower(&yard__place__descriptor, finding->place),
               finding->rule ? finding->rule : "no rule applied");
        if (!finding->has_resource && finding->text != NULL)
            printf("      “%s”\n", finding->text);
        frames_print(finding, "      ", finding->n_frame);
    }
}

/* Nothing that a terminal would obey; a character cut at the end of TEXT is left out. */
static bool is_text(char *text, gsize *length)
{
    const char *end;
    if (!g_utf8_validate(text, (gssize)*length, &end) &&
        g_utf8_get_char_validated(end, text + *length - end) != (gunichar)-2)
        return false;
    *length = (gsize)(end - text);
    text[*length] = '\0';
    for (const char *i = text; *i != '\0'; i = g_utf8_next_char(i))
        if (g_unichar_iscntrl(g_utf8_get_char(i)) && strchr("\n\r\t", *i) == NULL)
            return false;
    return true;
}

/* What no terminal shows, and what does. */
static void print_binary(const char *path, goffset size)
{
    printf("  --- %s: %" G_GOFFSET_FORMAT " bytes, not text", path, size);
    if (g_str_has_suffix(path, ".pb.gz"))
        printf("; go tool pprof -top %s", path);
    putchar('\n');
}

/* The beginning of a file, however large; of a pipe that a detector left, nothing. */
static void print_artefact(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    struct stat status;
    if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return;
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return;
    char text[SHOWN_BYTES + 1];
    gsize length = fread(text, 1, SHOWN_BYTES, file);
    fclose(file);
    if (!is_text(text, &length)) {
        print_binary(path, status.st_size);
        return;
    }
    printf("  --- %s\n%s", path, text);
    if (length > 0 && text[length - 1] != '\n')
        putchar('\n');
    if (status.st_size > (off_t)length)
        printf("  … %" G_GOFFSET_FORMAT " bytes more\n", (goffset)status.st_size - (goffset)length);
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void print_artefacts(const char *folder)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    if (entries == NULL)
        return;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(entries)) != NULL;)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_name);
    for (guint i = 0; i < names->len; i++)
        print_artefact(folder, g_ptr_array_index(names, i));
}

static void print_proof(const GPtrArray *records, const Yard__Result *result)
{
    for (guint i = 0; i < records->len; i++) {
        const Yard__Proof *proof = ((Yard__Record *)g_ptr_array_index(records, i))->proof;
        if (proof == NULL || proof->variant != result->variant ||
            proof->repetition != result->repetition ||
            g_strcmp0(proof->scenario, result->scenario) != 0 ||
            g_strcmp0(proof->flavour, result->flavour) != 0)
            continue;
        printf("  census: %s by %s; %" G_GINT64_FORMAT " units outstanding after %u rounds",
               word_of(&yard__proof__status__descriptor, proof->status),
               word_lower(&yard__proof__method__descriptor, proof->method), proof->units,
               proof->rounds);
        if (proof->has_blocks_per_unit)
            printf(", %g blocks each", proof->blocks_per_unit);
        printf("; value %" G_GINT64_FORMAT "\n", proof->value);
        return;
    }
}

/* A detector that looks while the program is parked has no command line of its own. */
static void print_command(const struct why_options *options, const Yard__Result *result)
{
    if (!(options->label->detector->looks & LOOKS_LIVE)) {
        printf("  to see it yourself: %s\n", result->command);
        return;
    }
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    printf("  to see it yourself: %s why %s %s --variant %s --flavour %s --fresh\n", self,
           result->scenario, options->detector,
           word_lower(&yard__variant__descriptor, result->variant), result->flavour);
    printf("  parked, for looks of your own: %s --hold\n", result->command);
}

static void print_result(const struct why_options *options, const GPtrArray *records,
                         const Yard__Result *result)
{
    printf("%s %s (%s) under %s %s: %s\n", result->scenario,
           word_lower(&yard__variant__descriptor, result->variant), result->flavour,
           result->detector, result->version,
           word_of(&yard__result__verdict__descriptor, result->verdict));
    printf("  because: %s\n", result->reason ? result->reason : "");
    if (result->has_expected)
        printf("  expected: %s%s%s\n",
               word_of(&yard__result__verdict__descriptor, result->expected),
               result->expected_reason ? ", for " : "",
               result->expected_reason ? result->expected_reason : "");
    if (result->command != NULL)
        print_command(options, result);
    if (result->ending != NULL)
        printf("  it ended with: %s\n", result->ending);
    print_proof(records, result);
    print_findings(result);
    if (result->artefacts != NULL)
        print_artefacts(result->artefacts);
    putchar('\n');
}

static bool is_asked_for(const struct why_options *options, const Yard__Result *result)
{
    return result != NULL && strcmp(result->scenario, options->id) == 0 &&
           strcmp(result->detector, options->label->name) == 0 &&
           (options->flavour == NULL || strcmp(result->flavour, options->flavour) == 0) &&
           selection_has_variant(&options->selection, result->variant);
}

/* Prints what RECORDS hold of the verdict; with ARTEFACTS only if they were kept. */
static guint print_results(const struct why_options *options, const GPtrArray *records,
                           bool artefacts)
{
    guint printed = 0;
    for (guint i = 0; i < records->len; i++) {
        const Yard__Result *result = ((Yard__Record *)g_ptr_array_index(records, i))->result;
        if (!is_asked_for(options, result) ||
            (artefacts &&
             (result->artefacts == NULL || !g_file_test(result->artefacts, G_FILE_TEST_IS_DIR))))
            continue;
        print_result(options, records, result);
        printed++;
    }
    return printed;
}

/* Does the one cell again, keeping its artefacts. */
static bool run_again(const struct why_options *options, const catalog_t *catalog,
                      GPtrArray *records, GError **error)
{
    struct job_options jobs;
    job_options_init(&jobs);
    g_ptr_array_add(jobs.detectors, g_strdup(options->detector));
    if (options->flavour != NULL)
        g_ptr_array_add(jobs.flavours, g_strdup(options->flavour));
    g_autoptr(GPtrArray) labels = job_labels(&jobs, error);
    g_autoptr(GPtrArray) scenarios =
        labels ? selection_apply(&options->selection, catalog, error) : NULL;
    char *folders[] = {options->common.root.expected, NULL};
    g_autoptr(expectations_t) expectations =
        scenarios ? expectations_read(folders, options->common.root.schema, error) : NULL;
    struct plan_options plan_options = job_plan_options(&jobs, labels, jobs.flavours);
    struct plan *plan =
        expectations ? plan_make(catalog, scenarios, &options->selection, &plan_options, error)
                     : NULL;
    struct conduct_options conduct_options = {.catalog = catalog,
                                              .root = &options->common.root,
                                              .expectations = expectations,
                                              .jobs = jobs.jobs,
                                              .time_limit = RUN_SECONDS,
                                              .keep = true,
                                              .results = -1};
    bool fine = plan != NULL && conduct(plan, &conduct_options, records, error);
    plan_free(plan);
    job_options_clear(&jobs);
    return fine;
}

static int explain(struct why_options *options, GError **error)
{
    g_autoptr(catalog_t) catalog = common_catalog(&options->common, error);
    if (catalog == NULL)
        return EXIT_INFRASTRUCTURE;
    if (catalog_scenario(catalog, options->id) == NULL)
        return fail(error, EXIT_NOTHING_SELECTED, "there is no scenario '%s'; see 'leakyard list'",
                    options->id);
    g_ptr_array_add(options->selection.globs, g_strdup(options->id));
    g_autofree char *path = results_path(&options->common.root, options->results);
    options->label = label_parse(options->detector, error);
    if (options->label == NULL)
        return EXIT_USAGE;
    if (!options->fresh && (options->results != NULL || g_file_test(path, G_FILE_TEST_EXISTS))) {
        g_autoptr(results_t) results = results_finished(&path, 1, error);
        if (results == NULL)
            return EXIT_INFRASTRUCTURE;
        if (print_results(options, results->records, true) > 0)
            return EXIT_AS_EXPECTED;
    }
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(record_free);
    if (!run_again(options, catalog, records, error))
        return EXIT_INFRASTRUCTURE;
    if (print_results(options, records, false) == 0)
        return fail(error, EXIT_NOTHING_SELECTED, "%s does not look at %s", options->detector,
                    options->id);
    return EXIT_AS_EXPECTED;
}

static int run_why(int argc, char **argv, GError **error)
{
    struct why_options options = {0};
    selection_init(&options.selection);
    command_parse(&argp, argc, argv, &options);
    int code = explain(&options, error);
    g_free(options.results);
    label_free(options.label);
    selection_clear(&options.selection);
    common_options_clear(&options.common);
    return code;
}

static const struct command why = {
    .name = "why",
    .summary = "show how a verdict came about",
    .run = run_why,
};
COMMAND(why);
