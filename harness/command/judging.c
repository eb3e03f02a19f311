#include "command/judging.h"

#include "judge/verdict.h"
#include "run/interrupt.h"
#include "schema/message.h"
#include "schema/words.h"
#include "support/tree.h"

static Yard__Result *result_new(const struct planned_run *run, const struct label *label)
{
    Yard__Result *result = g_new(Yard__Result, 1);
    yard__result__init(result);
    result->scenario = g_strdup(run->scenario->id);
    result->has_variant = result->has_repetition = result->has_claimed = true;
    result->variant = run->variant;
    result->flavour = g_strdup(run->flavour->name);
    result->detector = g_strdup(label->name);
    const char *version = label->detector->inside ? run->flavour->go : label->version;
    result->version = g_strdup(version ? version : "");
    result->repetition = run->repetition;
    result->claimed = detector_claims(label->detector, run->scenario);
    result->has_language = result->has_resource = result->has_kind = true;
    result->language = run->scenario->language;
    result->resource = run->scenario->resource;
    result->kind = run->scenario->kind;
    return result;
}

static void compare_with_expected(const struct conduct_options *options,
                                  const struct planned_run *run, const struct label *label,
                                  Yard__Result *result)
{
    if (options->expectations != NULL)
        expectation_apply(options->expectations, run->scenario, label->detector->name, run->flavour,
                          result);
}

Yard__Result *judging_unsupported(const struct conduct_options *options,
                                  const struct planned_run *run, const struct label *label)
{
    Yard__Result *result = result_new(run, label);
    result->has_verdict = true;
    result->verdict = YARD__RESULT__VERDICT__UNSUPPORTED;
    result->reason = g_strdup(run->unsupported);
    compare_with_expected(options, run, label, result);
    return result;
}

/* Has the detector say what it found. Returns why it could not, or NULL. */
static char *collect_findings(const Yard__Scenario *scenario, const struct look *look,
                              const struct run_outcome *outcome, Yard__Result *result)
{
    const struct detector *detector = look->label->detector;
    if (!run_ended_well(scenario, detector, outcome) || never_got_to_look(scenario, detector))
        return NULL;
    g_autoptr(GPtrArray) findings = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    bool fine = detector->findings(look->label, &look->subject, &outcome->ending, findings, &error);
    for (guint i = 0; i < findings->len; i++)
        result_add_finding(result, g_ptr_array_index(findings, i));
    return fine ? NULL : g_strdup(error->message);
}

/* Where the artefacts of RESULT stay; a cell has them once for each repetition. */
static char *artefacts_folder(const struct conduct_options *options, const Yard__Result *result)
{
    g_autofree char *detector = result->repetition > 1
                                    ? g_strdup_printf("%s-%u", result->detector, result->repetition)
                                    : g_strdup(result->detector);
    return g_build_filename(options->root->state, "artefacts", result->scenario,
                            word_lower(&yard__variant__descriptor, result->variant),
                            result->flavour, detector, NULL);
}

/* Moves what the run left to where `why` finds it. */
static bool keep_artefacts(const struct conduct_options *options, const struct launched *launched,
                           const struct look *look, Yard__Result *result, GError **error)
{
    if (!options->keep && result->has_standing &&
        result->standing == YARD__RESULT__STANDING__AS_EXPECTED)
        return true;
    g_autofree char *target = artefacts_folder(options, result);
    for (const char *const *name = (const char *const[]){"stdout", "stderr", NULL}; *name; name++) {
        g_autofree char *from = g_build_filename(launched->request.directory, *name, NULL);
        g_autofree char *to = g_build_filename(look->subject.directory, *name, NULL);
        g_autofree char *text = NULL;
        gsize length;
        if (g_file_get_contents(from, &text, &length, NULL) && length > 0)
            g_file_set_contents(to, text, (gssize)length, NULL);
    }
    if (!tree_move(look->subject.directory, target, error))
        return false;
    result->artefacts = g_steal_pointer(&target);
    return true;
}

Yard__Result *judging_of_look(const struct conduct_options *options,
                              const struct launched *launched, const struct run_outcome *outcome,
                              const struct look *look, const Yard__Proof *proof, GError **error)
{
    const struct planned_run *run = launched->planned;
    g_autofree char *folder = g_build_filename(
        catalog_home(options->catalog, run->scenario)->scenarios, run->scenario->id, NULL);
    g_autoptr(sites_t) sites = sites_read(folder, run->variant, error);
    if (sites == NULL)
        return NULL;
    g_autofree char *program =
        program_path(options->catalog, run->scenario, run->variant, run->flavour);
    if (run->scenario->language == YARD__LANGUAGE__CGO)
        sites_read_stubs(sites, program);
    sites_add_upstream(sites, run->scenario);
    Yard__Result *result = result_new(run, look->label);
    result->command = g_strdup(launched->command);
    g_autofree char *failure = collect_findings(run->scenario, look, outcome, result);
    struct evidence evidence = {
        .scenario = run->scenario,
        .variant = run->variant,
        .detector = look->label->detector,
        .proof = proof,
        .sites = sites,
        .outcome = outcome,
        .failure = failure,
        .shared = run->proves,
    };
    bool cut_short = failure != NULL && interrupt_is_pending();
    if (!cut_short) {
        judge(&evidence, result);
        compare_with_expected(options, run, look->label, result);
    }
    if (!cut_short && keep_artefacts(options, launched, look, result, error))
        return result;
    yard__result__free_unpacked(result, NULL);
    return NULL;
}
