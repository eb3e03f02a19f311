#include "judge/expectation.h"

#include <glib.h>
#include <string.h>
#include <sys/utsname.h>

#include "expectation_folder.h"
#include "schema/message.h"
#include "schema/words.h"
#include "suite.h"

#define LEAKY       YARD__VARIANT__LEAKY
#define FIXED       YARD__VARIANT__FIXED
#define FOUND       YARD__RESULT__VERDICT__FOUND
#define MISSED      YARD__RESULT__VERDICT__MISSED
#define CLEAN       YARD__RESULT__VERDICT__CLEAN
#define FALSE_ALARM YARD__RESULT__VERDICT__FALSE_ALARM
#define ERROR       YARD__RESULT__VERDICT__ERROR
#define TIMEOUT     YARD__RESULT__VERDICT__TIMEOUT
#define UNSUPPORTED YARD__RESULT__VERDICT__UNSUPPORTED
#define AS_EXPECTED YARD__RESULT__STANDING__AS_EXPECTED
#define DIFFERS     YARD__RESULT__STANDING__DIFFERS
#define UNRECORDED  YARD__RESULT__STANDING__UNRECORDED

#define RECORDED "recorded { tool: \"3.19.*\" }\n"
#define ROW(scenario, rest)                                                                        \
    "deviation { scenario: \"" scenario "\" reason: \"because\" " rest " }\n"

struct standing_case {
    const char *text; /* of the file; NULL: there is none */
    Yard__Variant variant;
    Yard__Result__Verdict verdict;
    bool unclaimed;
    Yard__Result__Verdict expected;
    Yard__Result__Standing standing;
};

/* What a result of heap/table, C, tool 3.19.0, plain, gcc 12.2 stands for. */
static const struct standing_case cases[] = {
    /* the truth */
    {RECORDED, LEAKY, FOUND, false, FOUND, AS_EXPECTED},
    {RECORDED, LEAKY, MISSED, false, FOUND, DIFFERS},
    {RECORDED, LEAKY, MISSED, true, MISSED, AS_EXPECTED},
    {RECORDED, LEAKY, FOUND, true, MISSED, DIFFERS},
    {RECORDED, FIXED, CLEAN, true, CLEAN, AS_EXPECTED},
    {RECORDED, FIXED, FALSE_ALARM, false, CLEAN, DIFFERS},
    {RECORDED, YARD__VARIANT__CLEAN, CLEAN, false, CLEAN, AS_EXPECTED},
    /* nobody looked at this version */
    {NULL, LEAKY, FOUND, false, FOUND, UNRECORDED},
    {"", LEAKY, FOUND, false, FOUND, UNRECORDED},
    {"recorded { tool: \"3.20.*\" }", LEAKY, MISSED, false, FOUND, UNRECORDED},
    {"recorded { tool: \"3.20.*\" }" ROW("heap/*", "verdict: MISSED"), LEAKY, MISSED, false, MISSED,
     UNRECORDED},
    {"recorded { }", LEAKY, FOUND, false, FOUND, AS_EXPECTED},
    /* deviations: globs, variants */
    {RECORDED ROW("heap/table", "verdict: MISSED"), LEAKY, MISSED, false, MISSED, AS_EXPECTED},
    {RECORDED ROW("heap/*", "variant: LEAKY verdict: MISSED"), LEAKY, FOUND, false, MISSED,
     DIFFERS},
    {RECORDED ROW("heap/*", "variant: LEAKY verdict: MISSED"), FIXED, CLEAN, false, CLEAN,
     AS_EXPECTED},
    {RECORDED ROW("goheap/*", "verdict: MISSED"), LEAKY, FOUND, false, FOUND, AS_EXPECTED},
    /* the last of equals; the more particular before the rest */
    {RECORDED ROW("*", "verdict: MISSED") ROW("heap/*", "verdict: FOUND"), LEAKY, FOUND, false,
     FOUND, AS_EXPECTED},
    {RECORDED ROW("heap/*", "verdict: FOUND") ROW("*/table", "verdict: MISSED"), LEAKY, MISSED,
     false, MISSED, AS_EXPECTED},
    {RECORDED ROW("heap/table", "verdict: FOUND") ROW("*", "verdict: MISSED"), LEAKY, FOUND, false,
     FOUND, AS_EXPECTED},
    {RECORDED ROW("heap/table", "variant: LEAKY verdict: FOUND")
         ROW("heap/table", "verdict: MISSED"),
     LEAKY, FOUND, false, FOUND, AS_EXPECTED},
    {RECORDED ROW("heap/table", "verdict: MISSED condition { flavour: \"plain\" }")
         ROW("heap/table", "verdict: FOUND"),
     LEAKY, MISSED, false, MISSED, AS_EXPECTED},
    /* conditions: any of them, every field */
    {RECORDED ROW("*", "verdict: MISSED condition { tool: \"3.20.*\" }"), LEAKY, FOUND, false,
     FOUND, AS_EXPECTED},
    {RECORDED ROW("*",
                  "verdict: MISSED condition { tool: \"3.20.*\" } condition { tool: \"3.1?.*\" "
                  "}"),
     LEAKY, MISSED, false, MISSED, AS_EXPECTED},
    {RECORDED ROW("*", "verdict: MISSED condition { compiler: \"gcc*12.2.*\" flavour: \"plain\" }"),
     LEAKY, MISSED, false, MISSED, AS_EXPECTED},
    {RECORDED ROW("*", "verdict: MISSED condition { compiler: \"gcc*12.2.*\" flavour: \"O2\" }"),
     LEAKY, FOUND, false, FOUND, AS_EXPECTED},
    {RECORDED ROW("*", "verdict: MISSED condition { compiler: \"*clang*\" }"), LEAKY, FOUND, false,
     FOUND, AS_EXPECTED},
    {RECORDED ROW("*", "verdict: MISSED condition { machine: \"vax\" }"), LEAKY, FOUND, false,
     FOUND, AS_EXPECTED},
    /* a Go version says nothing of a C program */
    {RECORDED ROW("*", "verdict: MISSED condition { go: \"go1.26*\" }"), LEAKY, FOUND, false, FOUND,
     AS_EXPECTED},
    /* no verdicts */
    {RECORDED, LEAKY, UNSUPPORTED, false, FOUND, AS_EXPECTED},
    {NULL, FIXED, UNSUPPORTED, false, CLEAN, AS_EXPECTED},
    {RECORDED, LEAKY, ERROR, false, FOUND, DIFFERS},
    {NULL, LEAKY, TIMEOUT, false, FOUND, DIFFERS},
    {RECORDED ROW("heap/*", "verdict: ERROR"), LEAKY, ERROR, false, ERROR, AS_EXPECTED},
    {RECORDED ROW("heap/*", "verdict: ERROR"), LEAKY, TIMEOUT, false, ERROR, DIFFERS},
    {RECORDED ROW("heap/*", "verdict: ERROR"), LEAKY, FOUND, false, ERROR, DIFFERS},
};

static const Yard__Flavour *plain(void)
{
    static Yard__Flavour flavour = YARD__FLAVOUR__INIT;
    flavour.name = "plain";
    flavour.compiler = "gcc (Debian 12.2.0-14) 12.2.0";
    flavour.go = "go1.26.8";
    return &flavour;
}

static Yard__Scenario scenario_in(Yard__Language language)
{
    Yard__Scenario scenario = YARD__SCENARIO__INIT;
    scenario.id = "heap/table";
    scenario.has_language = true;
    scenario.language = language;
    return scenario;
}

START_TEST(standings)
{
    const struct standing_case *row = &cases[_i];
    char *folder = expectation_folder();
    if (row->text != NULL)
        expectation_folder_write(folder, row->text);
    g_autoptr(expectations_t) expectations = expectation_folder_read(folder, NULL);
    Yard__Scenario scenario = scenario_in(YARD__LANGUAGE__C);
    Yard__Result *result = expectation_result("heap/table", row->variant, row->verdict);
    result->claimed = !row->unclaimed;
    expectation_apply(expectations, &scenario, "tool", plain(), result);
    ck_assert(result->has_expected && result->has_standing);
    ck_assert_str_eq(word_of(&yard__result__verdict__descriptor, result->expected),
                     word_of(&yard__result__verdict__descriptor, row->expected));
    ck_assert_str_eq(word_of(&yard__result__standing__descriptor, result->standing),
                     word_of(&yard__result__standing__descriptor, row->standing));
    yard__result__free_unpacked(result, NULL);
    expectation_folder_remove(folder);
}
END_TEST

static void expect_go(const char *text, const char *detector, const Yard__Flavour *flavour,
                      Yard__Result__Verdict expected, const char *reason)
{
    char *folder = expectation_folder();
    expectation_folder_write(folder, text);
    g_autoptr(expectations_t) expectations = expectation_folder_read(folder, NULL);
    Yard__Scenario scenario = scenario_in(YARD__LANGUAGE__GO);
    Yard__Result *result = expectation_result("heap/table", LEAKY, MISSED);
    message_set_string(&result->detector, "next");
    expectation_apply(expectations, &scenario, detector, flavour, result);
    ck_assert_int_eq(result->expected, expected);
    ck_assert_pstr_eq(result->expected_reason, reason);
    yard__result__free_unpacked(result, NULL);
    expectation_folder_remove(folder);
}

START_TEST(go_programs)
{
    const char *go = ROW("*", "verdict: MISSED condition { go: \"go1.26*\" }");
    const char *compiler = ROW("*", "verdict: MISSED condition { compiler: \"gcc*\" }");
    expect_go(go, "tool", plain(), MISSED, "because");
    expect_go(go, "tool", NULL, FOUND, NULL);
    expect_go(compiler, "tool", plain(), FOUND, NULL);
    expect_go(go, "another", plain(), FOUND, NULL); /* neither it nor its label has a file */
}
END_TEST

START_TEST(this_machine)
{
    struct utsname machine;
    ck_assert_int_eq(uname(&machine), 0);
    g_autofree char *text =
        g_strdup_printf(ROW("*", "verdict: MISSED condition { machine: \"%s\" }"), machine.machine);
    expect_go(text, "tool", plain(), MISSED, "because");
}
END_TEST

/* The last folder's word counts, even a glob over an exact row. */
START_TEST(folders_lie_over_each_other)
{
    char *ours = expectation_folder(), *theirs = expectation_folder();
    expectation_folder_write(ours, RECORDED ROW("heap/table", "verdict: MISSED"));
    expectation_folder_write(theirs, ROW("heap/*", "verdict: FOUND"));
    g_autoptr(expectations_t) expectations = expectation_folder_read(ours, theirs);
    Yard__Scenario scenario = scenario_in(YARD__LANGUAGE__C);
    Yard__Result *result = expectation_result("heap/table", LEAKY, FOUND);
    expectation_apply(expectations, &scenario, "tool", plain(), result);
    ck_assert_int_eq(result->expected, FOUND);
    ck_assert_int_eq(result->standing, AS_EXPECTED); /* recorded in the first folder */
    yard__result__free_unpacked(result, NULL);
    expectation_folder_remove(ours);
    expectation_folder_remove(theirs);
}
END_TEST

static const struct {
    const char *text, *complaint; /* after the file's path */
} refused[] = {
    {"recorded { tool: \"3\" }\ndeviation { scenario: \"x\" verdict: FUND }\n", ":2:36: 'FUND'"},
    {"recorded {\n", ":2:1: "},
    {"# a comment\ndeviation { verdict: FOUND reason: \"r\" }\n",
     ":2:1: this deviation has no scenario"},
    {ROW("*", "verdict: FOUND") "\n  deviation { scenario: \"x\" reason: \"r\" }\n",
     ":3:3: this deviation has no verdict"},
    {"deviation {\n  scenario: \"deviation\"\n  verdict: FOUND\n  reason: \"\"\n}\n",
     ":1:1: this deviation has no reason"},
};

START_TEST(wrong_files)
{
    char *folder = expectation_folder();
    expectation_folder_write(folder, refused[_i].text);
    char *folders[] = {folder, NULL};
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(expectations_read(folders, TEST_ROOT "/harness/schema", &error));
    g_autofree char *wanted = g_strconcat(folder, "/tool.txtpb", refused[_i].complaint, NULL);
    ck_assert_msg(g_str_has_prefix(error->message, wanted), "%s", error->message);
    expectation_folder_remove(folder);
}
END_TEST

START_TEST(missing_folder)
{
    char *folders[] = {"/nonexistent/expected", NULL};
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(expectations_read(folders, TEST_ROOT "/harness/schema", &error));
    ck_assert_ptr_nonnull(strstr(error->message, "/nonexistent/expected"));
}
END_TEST

static Suite *expectation_suite(void)
{
    Suite *suite = suite_create("expectation");
    TCase *tests = tcase_create("expectations");
    tcase_add_loop_test(tests, standings, 0, G_N_ELEMENTS(cases));
    tcase_add_test(tests, go_programs);
    tcase_add_test(tests, this_machine);
    tcase_add_test(tests, folders_lie_over_each_other);
    tcase_add_loop_test(tests, wrong_files, 0, G_N_ELEMENTS(refused));
    tcase_add_test(tests, missing_folder);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE(expectation_suite);
