#include <glib.h>
#include <string.h>

#include "detect/parse/sarif.h"
#include "detector_fixture.h"
#include "suite.h"

static bool finds(const char *text)
{
    g_ptr_array_set_size(findings, 0);
    return finds_in("staticcheck", OUTPUT, text);
}

START_TEST(results_are_read)
{
    g_autofree char *text = recorded("staticcheck/defer-in-loop.sarif");
    ck_assert_msg(finds(text), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, 2);
    for (guint i = 0; i < findings->len; i++) {
        ck_assert_int_eq(at(i)->claim, YARD__CLAIM__SUSPECTED);
        ck_assert(!at(i)->has_resource && !at(i)->has_units && at(i)->stack_complete);
        ck_assert_uint_eq(at(i)->n_frame, 1);
        ck_assert_ptr_null(at(i)->frame[0]->function);
        ck_assert_str_eq(at(i)->frame[0]->file, "defer-in-loop/variant.go");
        ck_assert_uint_eq(at(i)->frame[0]->line, 19 + i);
        ck_assert(g_str_has_prefix(at(i)->text, "SA9001: defers in this range loop won't run"));
    }
}
END_TEST

START_TEST(no_results_are_no_finding)
{
    g_autofree char *text = recorded("staticcheck/unread-body.sarif");
    ck_assert_msg(finds(text), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

START_TEST(what_does_not_compile_is_refused)
{
    g_autofree char *text = recorded("staticcheck/broken.sarif");
    ck_assert(!finds(text));
    assert_said(g_steal_pointer(&problem), "standard output: compile: # leakyard/broken "
                                           "broken/main.go:3:15: undefined: undefined");
}
END_TEST

START_TEST(nothing_is_no_report)
{
    ck_assert(!finds(""));
    assert_said(g_steal_pointer(&problem), "standard output: nothing was written");
}
END_TEST

static const char *const reports[] = {"staticcheck/defer-in-loop.sarif",
                                      "staticcheck/unread-body.sarif"};

START_TEST(every_cut_is_refused)
{
    static const struct source_rule none[] = {{NULL, NULL}};
    g_autofree char *text = recorded(reports[_i]);
    for (gsize length = 0; length < strlen(text); length++) {
        g_autofree char *part = g_strndup(text, length);
        g_clear_error(&problem);
        ck_assert_msg(
            !sarif_parse(part, length, "Staticcheck", "compile", none, findings, &problem),
            "cut after %zu bytes, and accepted", length);
        ck_assert_ptr_nonnull(problem);
    }
}
END_TEST

#define LOG(members) "{\"version\": \"2.1.0\", \"runs\": [{" members "}]}\n"
#define TOOL         "\"tool\": {\"driver\": {\"name\": \"Staticcheck\"}}"
#define DONE         "\"invocations\": [{\"executionSuccessful\": true}]"
#define RESULTS(all) LOG(TOOL ", " DONE ", \"results\": [" all "]")
#define PLACE(line)                                                                                \
    "\"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": \"a.go\"}, "          \
    "\"region\": {\"startLine\": " line "}}}]"
#define RESULT(rule, place)                                                                        \
    "{\"ruleId\": \"" rule "\", \"message\": {\"text\": \"words\"}, " place "}"

/* Sound, and how many findings. */
static const struct {
    const char *text;
    guint findings;
} shapes[] = {
    {RESULTS(""), 0},
    {LOG(TOOL ", " DONE ", \"results\": null"), 0},
    {RESULTS(RESULT("SA9001", PLACE("3"))), 1},
    {RESULTS(RESULT("SA9001", PLACE("3")) ", " RESULT("SA5005", PLACE("4"))), 2},
    /* about something else */
    {RESULTS(RESULT("U1000", PLACE("3")) ", " RESULT("SA2001", PLACE("3"))), 0},
    /* //lint:ignore stands at the place */
    {RESULTS(RESULT("SA9001", PLACE("3") ", \"suppressions\": [{\"kind\": \"inSource\"}]")), 0},
    {RESULTS(RESULT("SA9001", PLACE("3") ", \"suppressions\": []")), 1},
};

START_TEST(shapes_are_read)
{
    ck_assert_msg(finds(shapes[_i].text), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, shapes[_i].findings);
}
END_TEST

static const struct {
    const char *text, *reason;
} damages[] = {
    {"[]\n", "is an array"},
    {"{}\n", "version: is missing"},
    {"{\"version\": \"2.0.0\", \"runs\": []}\n", "version: is 2.0.0"},
    {"{\"version\": \"2.1.0\"}\n", "runs: is missing"},
    {"{\"version\": \"2.1.0\", \"runs\": []}\n", "runs: holds 0, not one"},
    {LOG(DONE), "name: is missing, not Staticcheck"},
    {LOG("\"tool\": {\"driver\": {\"name\": \"other\"}}, " DONE), "is other, not Staticcheck"},
    {LOG(TOOL), "runs[0].invocations: is missing"},
    {LOG(TOOL ", \"invocations\": []"), "runs[0].invocations: is empty"},
    {LOG(TOOL ", \"invocations\": [{}]"), "invocations[0].executionSuccessful: is missing"},
    {LOG(TOOL ", \"invocations\": [{\"executionSuccessful\": false}]"),
     "executionSuccessful: is false"},
    {LOG(TOOL ", " DONE ", \"results\": {}"), "runs[0].results: is an object"},
    {RESULTS(RESULT("compile", PLACE("0"))), "compile: words"},
    {RESULTS("{}"), "runs[0].results[0].ruleId: is missing"},
    {RESULTS("{\"ruleId\": \"SA9001\"}"), "runs[0].results[0].text: is missing"},
    {RESULTS(RESULT("SA9001", PLACE("3")) ", " RESULT("SA9001", "\"locations\": []")),
     "results[1].locations[0].physicalLocation.uri: is missing"},
    {RESULTS(RESULT("SA9001", PLACE("0"))), "startLine: is 0"},
    {RESULTS(RESULT("SA9001", PLACE("-3"))), "startLine: -3 is negative"},
    {RESULTS(RESULT("U1000", PLACE("\"3\""))), "startLine: is a string"},
};

START_TEST(damage_is_refused)
{
    ck_assert_msg(!finds(damages[_i].text), "accepted: %s", damages[_i].text);
    ck_assert_uint_eq(findings->len, 0);
    assert_said(g_steal_pointer(&problem), damages[_i].reason);
}
END_TEST

static Suite *staticcheck_suite(void)
{
    Suite *suite = suite_create("staticcheck");
    TCase *cases = tcase_create("reports");
    tcase_add_checked_fixture(cases, detector_set_up, detector_tear_down);
    tcase_add_test(cases, results_are_read);
    tcase_add_test(cases, no_results_are_no_finding);
    tcase_add_test(cases, what_does_not_compile_is_refused);
    tcase_add_test(cases, nothing_is_no_report);
    tcase_add_loop_test(cases, every_cut_is_refused, 0, G_N_ELEMENTS(reports));
    tcase_add_loop_test(cases, shapes_are_read, 0, G_N_ELEMENTS(shapes));
    tcase_add_loop_test(cases, damage_is_refused, 0, G_N_ELEMENTS(damages));
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(staticcheck_suite);
