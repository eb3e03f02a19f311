#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "records.h"
#include "schema/message.h"
#include "suite.h"

static json_t *json_of(const GPtrArray *records)
{
    char *text = records_written(records, "json");
    json_error_t error;
    json_t *report = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(report != NULL, "%s in: %s", error.text, text);
    free(text);
    return report;
}

/* Has OBJECT exactly the keys in NAMES, which are separated by spaces? */
static void assert_keys(json_t *object, const char *names)
{
    g_auto(GStrv) keys = g_strsplit(names, " ", -1);
    for (char **key = keys; *key != NULL; key++)
        ck_assert_msg(json_object_get(object, *key) != NULL, "no field '%s'", *key);
    ck_assert_uint_eq(json_object_size(object), g_strv_length(keys));
}

static json_t *result_of(json_t *report, const char *id, const char *detector)
{
    size_t index;
    json_t *result;
    json_array_foreach(json_object_get(report, "results"), index, result)
    {
        if (strcmp(json_string_value(json_object_get(result, "id")), id) == 0 &&
            strcmp(json_string_value(json_object_get(result, "detector")), detector) == 0)
            return result;
    }
    ck_abort_msg("no result of %s by %s", id, detector);
    return NULL;
}

static const char *word(json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "(none)";
}

START_TEST(documented_fields_are_all_there)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    json_t *report = json_of(records);
    assert_keys(report, "schema exit_code provenance proofs results scores unfound");
    ck_assert_int_eq(json_integer_value(json_object_get(report, "schema")), 1);
    ck_assert_int_eq(json_integer_value(json_object_get(report, "exit_code")), 1);
    assert_keys(json_object_get(report, "provenance"),
                "version commit scenarios_hash kernel machine seed started flavours");
    assert_keys(json_array_get(json_object_get(report, "proofs"), 0),
                "id class language resource kind variant flavour repetition status reason settings "
                "method rounds "
                "expected_units half_units "
                "units peak_units blocks_per_unit value wall_seconds peak_kib");
    assert_keys(json_array_get(json_object_get(report, "results"), 0),
                "id class language resource kind variant flavour detector version repetition "
                "verdict expected "
                "expected_reason standing reason claimed out_of_reach symptom located counted "
                "units true_units noise wall_seconds wall_ratio peak_kib memory_ratio command "
                "artefacts ending findings");
    ck_assert_uint_eq(json_array_size(json_object_get(report, "results")), 18);
    ck_assert_str_eq(json_string_value(json_array_get(json_object_get(report, "unfound"), 0)),
                     "heap/late-free");
    json_decref(report);
}
END_TEST

START_TEST(words_are_those_of_the_house)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    json_t *report = json_of(records);
    json_t *trap = result_of(report, "trap/plateau", "proc");
    ck_assert_str_eq(word(trap, "class"), "trap");
    ck_assert_str_eq(word(trap, "variant"), "clean");
    ck_assert_str_eq(word(trap, "verdict"), "FALSE_ALARM");
    ck_assert_str_eq(word(trap, "standing"), "UNRECORDED");
    ck_assert(json_is_null(json_object_get(trap, "located")));
    ck_assert(json_is_null(json_object_get(trap, "units")));
    json_decref(report);
}
END_TEST

START_TEST(findings_carry_their_frames)
{
    g_autoptr(GPtrArray) records = records_new();
    Yard__Result *result = records_add(records, "goheap/cache", YARD__VARIANT__LEAKY, "pprof-heap",
                                       YARD__RESULT__VERDICT__FOUND);
    result->has_counted = true;
    result->counted = YARD__COUNTED__WITHIN_TENTH;
    Yard__Finding *finding =
        finding_new(YARD__CLAIM__OUTSTANDING, YARD__RESOURCE__GO_OBJECT, 512, 8192);
    finding->has_place = true;
    finding->place = YARD__PLACE__IN_SCENARIO;
    finding_add_frame(finding, frame_new("main.(*cache).put", "cache/variant.go", 17, NULL));
    result_add_finding(result, finding);
    json_t *report = json_of(records);
    ck_assert(json_is_null(json_object_get(report, "provenance")));
    json_t *object = result_of(report, "goheap/cache", "pprof-heap");
    ck_assert_str_eq(word(object, "counted"), "within-tenth");
    json_t *found = json_array_get(json_object_get(object, "findings"), 0);
    assert_keys(found, "claim resource units bytes place located rule since stack_complete text "
                       "frames");
    ck_assert_str_eq(word(found, "claim"), "OUTSTANDING");
    ck_assert_str_eq(word(found, "resource"), "go-object");
    ck_assert_str_eq(word(found, "place"), "IN_SCENARIO");
    ck_assert_int_eq(json_integer_value(json_object_get(found, "bytes")), 8192);
    json_t *frame = json_array_get(json_object_get(found, "frames"), 0);
    ck_assert_str_eq(word(frame, "function"), "main.(*cache).put");
    ck_assert_int_eq(json_integer_value(json_object_get(frame, "line")), 17);
    ck_assert(json_is_null(json_object_get(frame, "module")));
    json_decref(report);
}
END_TEST

START_TEST(scores_are_by_detector_and_class)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    json_t *report = json_of(records);
    json_t *scores = json_object_get(report, "scores");
    ck_assert_uint_eq(json_array_size(scores), 2);
    json_t *proc = json_array_get(scores, 1);
    assert_keys(proc, "detector flavour version wall_ratio memory_ratio claimed all classes");
    ck_assert_str_eq(word(proc, "detector"), "proc");
    ck_assert(json_is_null(json_object_get(proc, "wall_ratio")));
    json_t *claimed = json_object_get(proc, "claimed"), *all = json_object_get(proc, "all");
    assert_keys(all, "leaky found missed out_of_reach errors sound clean false_alarms located "
                     "counted noise score low high");
    ck_assert_int_eq(json_integer_value(json_object_get(claimed, "leaky")), 2);
    ck_assert_int_eq(json_integer_value(json_object_get(all, "leaky")), 3);
    ck_assert_int_eq(json_integer_value(json_object_get(all, "false_alarms")), 1);
    json_t *heap = json_array_get(json_object_get(proc, "classes"), 0);
    ck_assert_str_eq(word(heap, "class"), "heap");
    json_decref(report);
}
END_TEST

START_TEST(damaged_text_and_numbers_stay_json)
{
    g_autoptr(GPtrArray) records = records_new();
    Yard__Result *result = records_add(records, "heap/a", YARD__VARIANT__LEAKY, "memcheck",
                                       YARD__RESULT__VERDICT__ERROR);
    message_set_string(&result->reason, "bad byte \xff and \"quote\"\n");
    result->has_wall_ratio = true;
    result->wall_ratio = NAN;
    json_t *report = json_of(records);
    json_t *object = result_of(report, "heap/a", "memcheck");
    ck_assert_str_eq(word(object, "reason"), "bad byte \uFFFD and \"quote\"\n");
    ck_assert(json_is_null(json_object_get(object, "wall_ratio")));
    json_decref(report);
}
END_TEST

static Suite *json_suite(void)
{
    Suite *suite = suite_create("json");
    TCase *fields = tcase_create("fields");
    tcase_add_test(fields, documented_fields_are_all_there);
    tcase_add_test(fields, words_are_those_of_the_house);
    tcase_add_test(fields, findings_carry_their_frames);
    tcase_add_test(fields, scores_are_by_detector_and_class);
    tcase_add_test(fields, damaged_text_and_numbers_stay_json);
    suite_add_tcase(suite, fields);
    return suite;
}
SUITE(json_suite);
