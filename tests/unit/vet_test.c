#include <glib.h>
#include <string.h>

#include "detect/parse/vet_json.h"
#include "detector_fixture.h"
#include "suite.h"

static const struct source_rule rules[] = {{"lostcancel", "stays"}, {NULL, NULL}};

static bool parses(const char *text, gsize length)
{
    g_clear_error(&problem);
    g_ptr_array_set_size(findings, 0);
    return vet_json_parse(text, length, rules, findings, &problem);
}

/* Has DETECTOR say what it finds in a recorded report. */
static bool finds(const char *detector, const char *report)
{
    g_autofree char *text = recorded(report);
    g_ptr_array_set_size(findings, 0);
    return finds_in(detector, OUTPUT, text);
}

static void check(guint index, const char *file, guint line, const char *text)
{
    const Yard__Finding *finding = at(index);
    ck_assert_int_eq(finding->claim, YARD__CLAIM__SUSPECTED);
    ck_assert(!finding->has_resource && !finding->has_units && !finding->has_bytes);
    ck_assert(finding->stack_complete);
    ck_assert_uint_eq(finding->n_frame, 1);
    ck_assert_ptr_null(finding->frame[0]->function);
    ck_assert_str_eq(finding->frame[0]->file, file);
    ck_assert_uint_eq(finding->frame[0]->line, line);
    ck_assert_msg(g_str_has_prefix(finding->text, text), "%s", finding->text);
}

START_TEST(diagnostics_are_read)
{
    ck_assert_msg(finds("vet", "vet/lostcancel.json"), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, 2);
    check(0, "/yard/skipped-cancel/variant.go", 9,
          "lostcancel: the cancel function is not used on all paths (possible context leak) (");
    check(1, "/yard/skipped-cancel/variant.go", 12, "lostcancel: this return statement may be");
    ck_assert(finds("bodyclose", "vet/bodyclose.json"));
    ck_assert_uint_eq(findings->len, 1);
    check(0, "/yard/unread-body/variant.go", 13, "bodyclose: response body must be closed (");
    ck_assert(finds("sqlclosecheck", "vet/sqlclosecheck.json"));
    ck_assert_uint_eq(findings->len, 1);
    check(0, "/yard/unclosed-rows/variant.go", 7, "sqlclosecheck: Rows/Stmt/NamedStmt was not");
}
END_TEST

START_TEST(what_is_not_about_leaks_is_left_out)
{
    ck_assert(finds("vet", "vet/mixed.json"));
    ck_assert_uint_eq(findings->len, 1);
    check(0, "/yard/mixed/main.go", 14, "lostcancel: the cancel function returned by");
    ck_assert(finds("bodyclose", "vet/mixed.json"));
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

START_TEST(an_empty_object_is_no_finding)
{
    ck_assert(finds("vet", "vet/clean.json"));
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

/* A package that does not compile: it prints nothing, and exits 1. */
START_TEST(nothing_is_no_report)
{
    ck_assert(!finds_in("vet", OUTPUT, ""));
    assert_said(g_steal_pointer(&problem), "standard output: nothing was written");
}
END_TEST

static const char *const reports[] = {"vet/lostcancel.json", "vet/mixed.json", "vet/clean.json"};

START_TEST(every_cut_is_refused)
{
    g_autofree char *text = recorded(reports[_i]);
    for (gsize length = 0; length < strlen(text); length++) {
        g_autofree char *part = g_strndup(text, length);
        ck_assert_msg(!parses(part, length), "cut after %zu bytes, and accepted", length);
        ck_assert_ptr_nonnull(problem);
        ck_assert_uint_eq(findings->len, 0);
    }
}
END_TEST

#define REPORT(diagnostics) "{\"yard\": {\"lostcancel\": " diagnostics "}}\n"
#define SOUND               "{\"posn\": \"a.go:1:2\", \"message\": \"m\"}"

static const struct {
    const char *text, *reason;
} damages[] = {
    {"[]\n", "is an array"},
    {"{}{}\n", "is not JSON"},
    {"{\"yard\": []}\n", "yard: is not an object"},
    {REPORT("{\"error\": \"internal error\"}"), "lostcancel of yard failed: internal error"},
    {REPORT("{}"), "yard.lostcancel: is not an array"},
    {REPORT("null"), "yard.lostcancel: is not an array"},
    {REPORT("[" SOUND ", 7]"), "yard.lostcancel[1]: is not an object"},
    {REPORT("[{\"message\": \"m\"}]"), "yard.lostcancel[0].posn: is missing"},
    {REPORT("[{\"posn\": \"a.go:1:2\"}]"), "yard.lostcancel[0].message: is missing"},
    {REPORT("[{\"posn\": \"-\", \"message\": \"m\"}]"), "posn: '-' is no file"},
    {REPORT("[{\"posn\": \"a.go:1\", \"message\": \"m\"}]"), "posn: 'a.go:1' is no file"},
    {REPORT("[{\"posn\": \":1:2\", \"message\": \"m\"}]"), "posn: ':1:2' is no file"},
    {REPORT("[{\"posn\": \"a.go:0:2\", \"message\": \"m\"}]"), "is no file"},
    {REPORT("[{\"posn\": \"a.go:-1:2\", \"message\": \"m\"}]"), "is no file"},
    {REPORT("[{\"posn\": \"a.go:99999999999:2\", \"message\": \"m\"}]"), "is no file"},
    /* another analysis than those that count is read as strictly */
    {"{\"yard\": {\"printf\": [{\"posn\": \"a.go\", \"message\": \"m\"}]}}\n", "is no file"},
};

START_TEST(damage_is_refused)
{
    ck_assert_msg(!parses(damages[_i].text, strlen(damages[_i].text)), "accepted: %s",
                  damages[_i].text);
    assert_said(g_steal_pointer(&problem), damages[_i].reason);
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

START_TEST(text_with_a_nul_is_refused)
{
    static const char text[] = "{}\n\0\n";
    ck_assert(!parses(text, sizeof text - 1));
}
END_TEST

static Suite *vet_suite(void)
{
    Suite *suite = suite_create("vet");
    TCase *cases = tcase_create("reports");
    tcase_add_checked_fixture(cases, detector_set_up, detector_tear_down);
    tcase_add_test(cases, diagnostics_are_read);
    tcase_add_test(cases, what_is_not_about_leaks_is_left_out);
    tcase_add_test(cases, an_empty_object_is_no_finding);
    tcase_add_test(cases, nothing_is_no_report);
    tcase_add_loop_test(cases, every_cut_is_refused, 0, G_N_ELEMENTS(reports));
    tcase_add_loop_test(cases, damage_is_refused, 0, G_N_ELEMENTS(damages));
    tcase_add_test(cases, text_with_a_nul_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(vet_suite);
