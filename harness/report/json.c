/*
 * JSON, for programs. One object; every field below is always there, null
 * where it is not known. Fields may be added; none changes its meaning while
 * "schema" stays 1.
 *
 *   schema        1
 *   exit_code     what `run` exits with
 *   provenance       {version, commit, scenarios_hash, kernel, machine, seed, started,
 *                  flavours: [{name, compiler, go, missing}]}, or null
 *   proofs        [{id, class, language, resource, kind, variant, flavour, repetition,
 *                  status, reason, settings, method, rounds, expected_units, half_units,
 *                  units, peak_units, blocks_per_unit, value, wall_seconds, peak_kib}]
 *   results       [{id, class, language, resource, kind, variant, flavour, detector,
 *                  version, repetition, verdict, expected, expected_reason, standing,
 *                  reason, claimed, out_of_reach, symptom, located, counted, units,
 *                  true_units, noise, wall_seconds, wall_ratio, peak_kib, memory_ratio,
 *                  command, artefacts, ending, findings}]
 *   .findings     [{claim, resource, units, bytes, place, located, rule, since,
 *                  stack_complete, text, frames: [{function, file, line, module}]}]
 *   scores        [{detector, flavour, version, wall_ratio, memory_ratio, claimed, all,
 *                  classes: [{class, claimed, all}]}]
 *   .claimed      {leaky, found, missed, out_of_reach, errors, sound, clean, false_alarms,
 *                  located, counted, noise, score, low, high}, over what the detector
 *                  claims to see. Counts are of runs; a score counts each program once
 *                  (judge/score.h)
 *   .all          the same, over all of its language
 *   unfound       [id]: leaks that no detector of this run found
 *
 * status, method, verdict, expected, standing, kind, claim, since and place are
 * upper-case words as in harness/schema/leakyard.proto; language, variant,
 * resource, located and counted are lower case with hyphens.
 */
#include <jansson.h>
#include <math.h>

#include "judge/score.h"
#include "report/cell.h"
#include "report/json.h"
#include "report/report.h"
#include "schema/words.h"
#include "support/failure.h"

static json_t *string(const char *text)
{
    if (text == NULL)
        return json_null();
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    return json_string(valid);
}

static json_t *integer(protobuf_c_boolean known, gint64 value)
{
    return known ? json_integer(value) : json_null();
}

static json_t *real(protobuf_c_boolean known, double value)
{
    return known && isfinite(value) ? json_real(value) : json_null();
}

static json_t *boolean(protobuf_c_boolean known, protobuf_c_boolean value)
{
    return known ? json_boolean(value) : json_null();
}

static json_t *upper(protobuf_c_boolean known, const ProtobufCEnumDescriptor *words, int value)
{
    return known ? json_string(word_of(words, value)) : json_null();
}

static json_t *lower(protobuf_c_boolean known, const ProtobufCEnumDescriptor *words, int value)
{
    return known ? json_string(word_lower(words, value)) : json_null();
}

static json_t *class_string(const char *id)
{
    g_autofree char *class_name = class_of(id);
    return string(class_name);
}

static json_t *flavour_json(const Yard__Flavour *flavour)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "name", string(flavour->name), "compiler",
                     string(flavour->compiler), "go", string(flavour->go), "missing",
                     string(flavour->missing));
}

static json_t *provenance_json(const Yard__Provenance *provenance)
{
    if (provenance == NULL)
        return json_null();
    json_t *flavours = json_array();
    for (size_t i = 0; i < provenance->n_flavour; i++)
        json_array_append_new(flavours, flavour_json(provenance->flavour[i]));
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "version",
                     string(provenance->version), "commit", string(provenance->commit),
                     "scenarios_hash", string(provenance->scenarios_hash), "kernel",
                     string(provenance->kernel), "machine", string(provenance->machine), "seed",
                     integer(provenance->has_seed, (gint64)provenance->seed), "started",
                     string(provenance->started), "flavours", flavours);
}

/* What proofs and results alike say of their scenario. */
#define set_scenario(object, of)                                                                   \
    do {                                                                                           \
        json_object_set_new(object, "id", string((of)->scenario));                                 \
        json_object_set_new(object, "class", class_string((of)->scenario));                        \
        json_object_set_new(                                                                       \
            object, "language",                                                                    \
            lower((of)->has_language, &yard__language__descriptor, (of)->language));               \
        json_object_set_new(                                                                       \
            object, "resource",                                                                    \
            lower((of)->has_resource, &yard__resource__descriptor, (of)->resource));               \
        json_object_set_new(object, "kind",                                                        \
                            upper((of)->has_kind, &yard__kind__descriptor, (of)->kind));           \
    } while (0)

json_t *proof_json(const Yard__Proof *proof)
{
    json_t *object = json_object();
    set_scenario(object, proof);
    json_object_set_new(object, "variant",
                        lower(proof->has_variant, &yard__variant__descriptor, proof->variant));
    json_object_set_new(object, "flavour", string(proof->flavour));
    json_object_set_new(object, "repetition", integer(proof->has_repetition, proof->repetition));
    json_object_set_new(object, "status",
                        upper(proof->has_status, &yard__proof__status__descriptor, proof->status));
    json_object_set_new(object, "reason", string(proof->reason));
    json_object_set_new(object, "settings", string(proof->settings));
    json_object_set_new(object, "method",
                        upper(proof->has_method, &yard__proof__method__descriptor, proof->method));
    json_object_set_new(object, "rounds", integer(proof->has_rounds, proof->rounds));
    json_object_set_new(object, "expected_units",
                        integer(proof->has_expected_units, proof->expected_units));
    json_object_set_new(object, "half_units", integer(proof->has_half_units, proof->half_units));
    json_object_set_new(object, "units", integer(proof->has_units, proof->units));
    json_object_set_new(object, "peak_units", integer(proof->has_peak_units, proof->peak_units));
    json_object_set_new(object, "blocks_per_unit",
                        real(proof->has_blocks_per_unit, proof->blocks_per_unit));
    json_object_set_new(object, "value", integer(proof->has_value, proof->value));
    json_object_set_new(object, "wall_seconds", real(proof->has_wall_seconds, proof->wall_seconds));
    json_object_set_new(object, "peak_kib", integer(proof->has_peak_kib, (gint64)proof->peak_kib));
    return object;
}

static json_t *frame_json(const Yard__Frame *frame)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "function", string(frame->function), "file",
                     string(frame->file), "line", integer(frame->has_line, frame->line), "module",
                     string(frame->module));
}

static json_t *finding_json(const Yard__Finding *finding)
{
    json_t *frames = json_array();
    for (size_t i = 0; i < finding->n_frame; i++)
        json_array_append_new(frames, frame_json(finding->frame[i]));
    json_t *object = json_object();
    json_object_set_new(object, "claim",
                        upper(finding->has_claim, &yard__claim__descriptor, finding->claim));
    json_object_set_new(
        object, "resource",
        lower(finding->has_resource, &yard__resource__descriptor, finding->resource));
    json_object_set_new(object, "units", integer(finding->has_units, finding->units));
    json_object_set_new(object, "bytes", integer(finding->has_bytes, finding->bytes));
    json_object_set_new(object, "place",
                        upper(finding->has_place, &yard__place__descriptor, finding->place));
    json_object_set_new(object, "located",
                        lower(finding->has_located, &yard__located__descriptor, finding->located));
    json_object_set_new(object, "rule", string(finding->rule));
    json_object_set_new(object, "since",
                        upper(finding->has_since, &yard__since__descriptor, finding->since));
    json_object_set_new(object, "stack_complete",
                        boolean(finding->has_stack_complete, finding->stack_complete));
    json_object_set_new(object, "text", string(finding->text));
    json_object_set_new(object, "frames", frames);
    return object;
}

/* What was run, and what is thought of the outcome. */
static void add_verdict(json_t *object, const Yard__Result *result)
{
    const ProtobufCEnumDescriptor *verdicts = &yard__result__verdict__descriptor;
    set_scenario(object, result);
    json_object_set_new(object, "variant",
                        lower(result->has_variant, &yard__variant__descriptor, result->variant));
    json_object_set_new(object, "flavour", string(result->flavour));
    json_object_set_new(object, "detector", string(result->detector));
    json_object_set_new(object, "version", string(result->version));
    json_object_set_new(object, "repetition", integer(result->has_repetition, result->repetition));
    json_object_set_new(object, "verdict", upper(result->has_verdict, verdicts, result->verdict));
    json_object_set_new(object, "expected",
                        upper(result->has_expected, verdicts, result->expected));
    json_object_set_new(object, "expected_reason", string(result->expected_reason));
    json_object_set_new(
        object, "standing",
        upper(result->has_standing, &yard__result__standing__descriptor, result->standing));
    json_object_set_new(object, "reason", string(result->reason));
    json_object_set_new(object, "claimed", boolean(result->has_claimed, result->claimed));
    json_object_set_new(object, "out_of_reach",
                        boolean(result->has_out_of_reach, result->out_of_reach));
    json_object_set_new(object, "symptom", boolean(result->has_symptom, result->symptom));
}

/* How well it was done, and at what cost. */
static void add_grades(json_t *object, const Yard__Result *result)
{
    json_object_set_new(object, "located",
                        lower(result->has_located, &yard__located__descriptor, result->located));
    json_object_set_new(object, "counted",
                        lower(result->has_counted, &yard__counted__descriptor, result->counted));
    json_object_set_new(object, "units", integer(result->has_units, result->units));
    json_object_set_new(object, "true_units", integer(result->has_true_units, result->true_units));
    json_object_set_new(object, "noise", integer(result->has_noise, result->noise));
    json_object_set_new(object, "wall_seconds",
                        real(result->has_wall_seconds, result->wall_seconds));
    json_object_set_new(object, "wall_ratio", real(result->has_wall_ratio, result->wall_ratio));
    json_object_set_new(object, "peak_kib",
                        integer(result->has_peak_kib, (gint64)result->peak_kib));
    json_object_set_new(object, "memory_ratio",
                        real(result->has_memory_ratio, result->memory_ratio));
    json_object_set_new(object, "command", string(result->command));
    json_object_set_new(object, "artefacts", string(result->artefacts));
    json_object_set_new(object, "ending", string(result->ending));
}

static json_t *result_json(const Yard__Result *result)
{
    json_t *object = json_object();
    add_verdict(object, result);
    add_grades(object, result);
    json_t *findings = json_array();
    for (size_t i = 0; i < result->n_finding; i++)
        json_array_append_new(findings, finding_json(result->finding[i]));
    json_object_set_new(object, "findings", findings);
    return object;
}

static json_t *tally_json(const struct tally *tally)
{
    json_t *object = json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i}", "leaky",
                               (int)tally->leaky, "found", (int)tally->found, "missed",
                               (int)tally->missed, "out_of_reach", (int)tally->out_of_reach,
                               "errors", (int)tally->errors, "sound", (int)tally->sound, "clean",
                               (int)tally->clean, "false_alarms", (int)tally->false_alarms,
                               "located", (int)tally->located, "counted", (int)tally->counted);
    bool scored = tally->leaky + tally->sound > 0;
    json_object_set_new(object, "noise", json_integer(tally->noise));
    json_object_set_new(object, "score", real(scored, tally->score));
    json_object_set_new(object, "low", real(scored, tally->low));
    json_object_set_new(object, "high", real(scored, tally->high));
    return object;
}

static json_t *score_json(const struct score *score)
{
    json_t *classes = json_array();
    for (guint i = 0; i < score->classes->len; i++) {
        const struct class_score *class_score = g_ptr_array_index(score->classes, i);
        json_array_append_new(classes,
                              json_pack("{s:o, s:o, s:o}", "class", string(class_score->class_name),
                                        "claimed", tally_json(&class_score->claimed), "all",
                                        tally_json(&class_score->all)));
    }
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "detector", string(score->detector), "flavour",
        string(score->flavour), "version", string(score->version), "wall_ratio",
        real(score->wall_ratio > 0, score->wall_ratio), "memory_ratio",
        real(score->memory_ratio > 0, score->memory_ratio), "claimed", tally_json(&score->claimed),
        "all", tally_json(&score->all), "classes", classes);
}

static json_t *scores_json(const struct report_input *input)
{
    json_t *scores = json_array();
    g_autoptr(GPtrArray) all = score_results(input->results);
    for (guint i = 0; i < all->len; i++)
        json_array_append_new(scores, score_json(g_ptr_array_index(all, i)));
    return scores;
}

static json_t *report_json(const struct report_input *input)
{
    json_t *proofs = json_array(), *results = json_array(), *unfound = json_array();
    for (guint i = 0; i < input->proofs->len; i++)
        json_array_append_new(proofs, proof_json(g_ptr_array_index(input->proofs, i)));
    for (guint i = 0; i < input->results->len; i++)
        json_array_append_new(results, result_json(g_ptr_array_index(input->results, i)));
    g_autoptr(GPtrArray) ids = report_unfound(input);
    for (guint i = 0; i < ids->len; i++)
        json_array_append_new(unfound, string(g_ptr_array_index(ids, i)));
    return json_pack("{s:i, s:i, s:o, s:o, s:o, s:o, s:o}", "schema", 1, "exit_code",
                     report_exit_code(input), "provenance", provenance_json(input->provenance),
                     "proofs", proofs, "results", results, "scores", scores_json(input), "unfound",
                     unfound);
}

static bool json_write(const struct report_input *input, FILE *out, bool colour, GError **error)
{
    (void)colour;
    json_t *report = report_json(input);
    bool written = json_dumpf(report, out, JSON_INDENT(1)) == 0 && fputc('\n', out) != EOF;
    json_decref(report);
    return written || fail_errno(error, "cannot write the json report");
}

static const struct report_format json = {
    .name = "json",
    .summary = "for programs: everything, findings included",
    .write = json_write,
};
REPORT(json);
