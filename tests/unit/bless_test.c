#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "expectation_folder.h"
#include "schema/message.h"
#include "suite.h"

#define LEAKY       YARD__VARIANT__LEAKY
#define FIXED       YARD__VARIANT__FIXED
#define FOUND       YARD__RESULT__VERDICT__FOUND
#define MISSED      YARD__RESULT__VERDICT__MISSED
#define CLEAN       YARD__RESULT__VERDICT__CLEAN
#define FALSE_ALARM YARD__RESULT__VERDICT__FALSE_ALARM
#define ERROR       YARD__RESULT__VERDICT__ERROR

static const char preface[] =
    "# What tool says that differs from the truth, and where somebody has really\n"
    "# looked. `leakyard bless` rewrites this file and keeps no other comment: what there\n"
    "# is to say of a deviation is its reason.\n"
    "#\n"
    "# Of deviations that hold, a scenario's own goes before a glob, one with a variant or\n"
    "# a condition before one without; of equals the last one counts.\n\n";

#define IN_PLAIN "{ tool: \"3.19.*\" compiler: \"gcc*12.2.*\" flavour: \"plain\" }"
#define IN_O2    "{ tool: \"3.19.*\" compiler: \"gcc*12.2.*\" flavour: \"O2\" }"
#define IN_GO    "{ tool: \"3.19.*\" go: \"go1.26.*\" flavour: \"plain\" }"
#define ROW(scenario, variant, verdict, reason, conditions)                                        \
    "\ndeviation {\n  scenario: \"" scenario "\"\n  variant: " variant "\n  verdict: " verdict     \
    "\n  reason: \"" reason "\"\n" conditions "}\n"

/* A folder, what is in it, and the results to bless. */
struct desk {
    char *folder;
    GPtrArray *results;
    Yard__Scenario scenarios[4];
    Yard__Flavour flavours[2];
    Yard__Scenario *scenario_list[4];
    Yard__Flavour *flavour_list[2];
    Yard__Catalog catalog;
};

static void free_result(gpointer data)
{
    yard__result__free_unpacked(data, NULL);
}

static void desk_open(struct desk *desk, const char *text)
{
    static char *const ids[] = {"goheap/cache", "heap/a", "heap/b", "threads/c"};
    static char *const names[] = {"plain", "O2"};
    desk->folder = expectation_folder();
    if (text != NULL)
        expectation_folder_write(desk->folder, text);
    desk->results = g_ptr_array_new_with_free_func(free_result);
    yard__catalog__init(&desk->catalog);
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        yard__scenario__init(&desk->scenarios[i]);
        desk->scenarios[i].id = ids[i];
        desk->scenarios[i].has_language = true;
        desk->scenarios[i].language = i == 0 ? YARD__LANGUAGE__GO : YARD__LANGUAGE__C;
        desk->scenario_list[i] = &desk->scenarios[i];
    }
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        yard__flavour__init(&desk->flavours[i]);
        desk->flavours[i].name = names[i];
        desk->flavours[i].compiler = "gcc (Debian 12.2.0-14+deb12u1) 12.2.0";
        desk->flavours[i].go = "go1.26.8";
        desk->flavour_list[i] = &desk->flavours[i];
    }
    desk->catalog.n_scenario = G_N_ELEMENTS(ids);
    desk->catalog.scenario = desk->scenario_list;
    desk->catalog.n_flavour = G_N_ELEMENTS(names);
    desk->catalog.flavour = desk->flavour_list;
}

static void desk_close(struct desk *desk)
{
    g_ptr_array_unref(desk->results);
    expectation_folder_remove(desk->folder);
}

static Yard__Result *put(struct desk *desk, const char *id, Yard__Variant variant,
                         Yard__Result__Verdict verdict)
{
    Yard__Result *result = expectation_result(id, variant, verdict);
    g_ptr_array_add(desk->results, result);
    return result;
}

static void put_in(struct desk *desk, const char *flavour, const char *id, Yard__Variant variant,
                   Yard__Result__Verdict verdict)
{
    message_set_string(&put(desk, id, variant, verdict)->flavour, flavour);
}

/* Every result must be as expected by what the folder has now. */
static void expect_as_expected(struct desk *desk)
{
    g_autoptr(expectations_t) expectations = expectation_folder_read(desk->folder, NULL);
    for (guint i = 0; i < desk->results->len; i++) {
        Yard__Result *result = g_ptr_array_index(desk->results, i);
        for (gsize s = 0; s < desk->catalog.n_scenario; s++) {
            if (strcmp(desk->scenarios[s].id, result->scenario) != 0)
                continue;
            bool plain = strcmp(result->flavour, "plain") == 0;
            expectation_apply(expectations, &desk->scenarios[s], "tool", &desk->flavours[!plain],
                              result);
            ck_assert_int_eq(result->standing, YARD__RESULT__STANDING__AS_EXPECTED);
        }
    }
}

static char *bless(struct desk *desk, const char *reason, bool dry_run, GError **error)
{
    g_autoptr(expectations_t) expectations = expectation_folder_read(desk->folder, NULL);
    char *diff = NULL;
    bool blessed = expectations_bless(expectations, &desk->catalog, desk->folder, "tool",
                                      desk->results, reason, dry_run, &diff, error);
    ck_assert(blessed == (diff != NULL));
    return diff;
}

/* BODY follows the preface. Blessing again changes nothing. */
static void expect_blessed(struct desk *desk, const char *reason, const char *body)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *diff = bless(desk, reason, false, &error);
    ck_assert_msg(diff != NULL, "%s", error ? error->message : "");
    g_autofree char *text = expectation_folder_text(desk->folder);
    g_autofree char *wanted = g_strconcat(preface, body, NULL);
    ck_assert_str_eq(text, wanted);
    expect_as_expected(desk);
    g_autofree char *again = bless(desk, NULL, false, &error);
    ck_assert_str_eq(again, "");
}

START_TEST(truth_needs_no_rows)
{
    struct desk desk;
    desk_open(&desk, NULL);
    put(&desk, "heap/a", LEAKY, FOUND);
    put(&desk, "heap/a", FIXED, CLEAN);
    expect_blessed(&desk, NULL, "recorded " IN_PLAIN "\n");
    desk_close(&desk);
}
END_TEST

START_TEST(new_deviations)
{
    struct desk desk;
    desk_open(&desk, NULL);
    put(&desk, "threads/c", FIXED, FALSE_ALARM);
    put(&desk, "heap/a", LEAKY, MISSED);
    put(&desk, "goheap/cache", LEAKY, MISSED);
    expect_blessed(&desk, "a \"pooled\" \\ chunk,\nnot freed — ever",
                   "recorded " IN_PLAIN "\nrecorded " IN_GO
                   "\n" ROW("goheap/cache", "LEAKY", "MISSED",
                            "a \\\"pooled\\\" \\\\ chunk,\\012not freed — ever", "")
                       ROW("heap/a", "LEAKY", "MISSED",
                           "a \\\"pooled\\\" \\\\ chunk,\\012not freed — ever", "")
                           ROW("threads/c", "FIXED", "FALSE_ALARM",
                               "a \\\"pooled\\\" \\\\ chunk,\\012not freed — ever", ""));
    desk_close(&desk);
}
END_TEST

START_TEST(reason_is_wanted)
{
    struct desk desk;
    desk_open(&desk, NULL);
    put(&desk, "heap/a", LEAKY, MISSED);
    put(&desk, "heap/b", FIXED, FALSE_ALARM);
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(bless(&desk, NULL, false, &error));
    ck_assert_str_eq(error->message, "tool: 2 new deviations want a reason (--reason), the first is"
                                     " heap/a leaky (MISSED, not FOUND)");
    g_autofree char *path = g_build_filename(desk.folder, "tool.txtpb", NULL);
    ck_assert(!g_file_test(path, G_FILE_TEST_EXISTS));
    desk_close(&desk);
}
END_TEST

START_TEST(better_verdict_drops_its_row)
{
    struct desk desk;
    desk_open(&desk, "recorded " IN_PLAIN ROW("heap/a", "LEAKY", "MISSED", "old", "")
                         ROW("heap/b", "LEAKY", "MISSED", "stays", ""));
    put(&desk, "heap/a", LEAKY, FOUND);
    expect_blessed(&desk, NULL,
                   "recorded " IN_PLAIN "\n" ROW("heap/b", "LEAKY", "MISSED", "stays", ""));
    desk_close(&desk);
}
END_TEST

START_TEST(old_reason_stays)
{
    struct desk desk;
    desk_open(&desk, "recorded " IN_PLAIN ROW("heap/a", "LEAKY", "MISSED", "old", ""));
    put(&desk, "heap/a", LEAKY, MISSED);
    expect_blessed(&desk, "new",
                   "recorded " IN_PLAIN "\n" ROW("heap/a", "LEAKY", "MISSED", "old", ""));
    desk_close(&desk);
}
END_TEST

/* A row that says what a glob says already goes; one against it comes. */
START_TEST(rows_against_globs)
{
    struct desk desk;
    desk_open(&desk, "recorded " IN_PLAIN ROW("heap/a", "LEAKY", "MISSED", "mine", "")
                         ROW("heap/*", "LEAKY", "MISSED", "blind here", ""));
    put(&desk, "heap/a", LEAKY, MISSED);
    put(&desk, "heap/b", LEAKY, FOUND);
    expect_blessed(&desk, "new",
                   "recorded " IN_PLAIN "\n" ROW("heap/*", "LEAKY", "MISSED", "blind here", "")
                       ROW("heap/b", "LEAKY", "FOUND", "new", ""));
    desk_close(&desk);
}
END_TEST

START_TEST(flavours_that_agree)
{
    struct desk desk;
    desk_open(&desk, NULL);
    put_in(&desk, "plain", "heap/a", LEAKY, MISSED);
    put_in(&desk, "O2", "heap/a", LEAKY, MISSED);
    expect_blessed(&desk, "why",
                   "recorded " IN_O2 "\nrecorded " IN_PLAIN
                   "\n" ROW("heap/a", "LEAKY", "MISSED", "why", ""));
    desk_close(&desk);
}
END_TEST

START_TEST(flavours_that_disagree)
{
    struct desk desk;
    desk_open(&desk, NULL);
    put_in(&desk, "plain", "heap/a", LEAKY, FOUND);
    put_in(&desk, "O2", "heap/a", LEAKY, MISSED);
    expect_blessed(&desk, "why",
                   "recorded " IN_O2 "\nrecorded " IN_PLAIN
                   "\n" ROW("heap/a", "LEAKY", "MISSED", "why", "  condition " IN_O2 "\n"));
    desk_close(&desk);
}
END_TEST

/* What was recorded of plain must not change when only O2 was run. */
START_TEST(other_flavour_is_left_alone)
{
    struct desk desk;
    desk_open(&desk, "recorded " IN_PLAIN ROW("heap/a", "LEAKY", "MISSED", "old", ""));
    put_in(&desk, "O2", "heap/a", LEAKY, FOUND);
    expect_blessed(&desk, "seen at O2",
                   "recorded " IN_O2 "\nrecorded " IN_PLAIN
                   "\n" ROW("heap/a", "LEAKY", "MISSED", "old", "")
                       ROW("heap/a", "LEAKY", "FOUND", "seen at O2", "  condition " IN_O2 "\n"));
    /* … and goes again when it is no longer so */
    g_ptr_array_set_size(desk.results, 0);
    put_in(&desk, "O2", "heap/a", LEAKY, MISSED);
    expect_blessed(&desk, NULL,
                   "recorded " IN_O2 "\nrecorded " IN_PLAIN
                   "\n" ROW("heap/a", "LEAKY", "MISSED", "old", ""));
    desk_close(&desk);
}
END_TEST

START_TEST(errors_are_never_blessed)
{
    struct desk desk;
    desk_open(&desk, NULL);
    put(&desk, "heap/a", LEAKY, ERROR);
    put(&desk, "heap/b", LEAKY, YARD__RESULT__VERDICT__TIMEOUT);
    put(&desk, "threads/c", LEAKY, YARD__RESULT__VERDICT__UNSUPPORTED);
    g_autofree char *diff = bless(&desk, "why", false, NULL);
    ck_assert_str_eq(diff, "");
    g_autofree char *path = g_build_filename(desk.folder, "tool.txtpb", NULL);
    ck_assert(!g_file_test(path, G_FILE_TEST_EXISTS));
    desk_close(&desk);
}
END_TEST

START_TEST(unsteady_verdicts_are_refused)
{
    struct desk desk;
    desk_open(&desk, NULL);
    put(&desk, "heap/a", LEAKY, FOUND);
    put(&desk, "heap/a", LEAKY, MISSED);
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(bless(&desk, "why", false, &error));
    ck_assert_str_eq(error->message, "heap/a leaky (plain): repeated runs say FOUND and MISSED; an"
                                     " unsteady verdict cannot be blessed");
    desk_close(&desk);
}
END_TEST

START_TEST(unknown_scenario_is_refused)
{
    struct desk desk;
    desk_open(&desk, NULL);
    put(&desk, "heap/gone", LEAKY, FOUND);
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(bless(&desk, "why", false, &error));
    ck_assert_ptr_nonnull(strstr(error->message, "heap/gone, which is not in the catalogue"));
    desk_close(&desk);
}
END_TEST

START_TEST(dry_run_shows_and_writes_nothing)
{
    struct desk desk;
    const char *text = "recorded " IN_PLAIN ROW("heap/a", "LEAKY", "MISSED", "old", "");
    desk_open(&desk, text);
    put(&desk, "heap/a", LEAKY, FOUND);
    g_autofree char *diff = bless(&desk, NULL, true, NULL);
    ck_assert(g_str_has_prefix(diff, "--- "));
    ck_assert_ptr_nonnull(strstr(diff, "\n-  reason: \"old\"\n"));
    g_autofree char *after = expectation_folder_text(desk.folder);
    ck_assert_str_eq(after, text);
    desk_close(&desk);
}
END_TEST

/* Only the last folder is written, against what lies below it. */
START_TEST(overlay)
{
    struct desk desk;
    desk_open(&desk, "recorded " IN_PLAIN ROW("heap/a", "LEAKY", "MISSED", "ours", ""));
    put(&desk, "heap/a", LEAKY, FOUND);
    put(&desk, "heap/b", LEAKY, FOUND);
    char *over = expectation_folder();
    g_autoptr(expectations_t) expectations = expectation_folder_read(desk.folder, over);
    g_autofree char *diff = NULL;
    ck_assert(expectations_bless(expectations, &desk.catalog, over, "tool", desk.results, "theirs",
                                 false, &diff, NULL));
    g_autofree char *text = expectation_folder_text(over);
    g_autofree char *wanted =
        g_strconcat(preface, ROW("heap/a", "LEAKY", "FOUND", "theirs", ""), NULL);
    ck_assert_str_eq(text, wanted);
    expectation_folder_remove(over);
    desk_close(&desk);
}
END_TEST

static Suite *bless_suite(void)
{
    Suite *suite = suite_create("bless");
    TCase *tests = tcase_create("bless");
    tcase_add_test(tests, truth_needs_no_rows);
    tcase_add_test(tests, new_deviations);
    tcase_add_test(tests, reason_is_wanted);
    tcase_add_test(tests, better_verdict_drops_its_row);
    tcase_add_test(tests, old_reason_stays);
    tcase_add_test(tests, rows_against_globs);
    tcase_add_test(tests, flavours_that_agree);
    tcase_add_test(tests, flavours_that_disagree);
    tcase_add_test(tests, other_flavour_is_left_alone);
    tcase_add_test(tests, errors_are_never_blessed);
    tcase_add_test(tests, unsteady_verdicts_are_refused);
    tcase_add_test(tests, unknown_scenario_is_refused);
    tcase_add_test(tests, dry_run_shows_and_writes_nothing);
    tcase_add_test(tests, overlay);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE(bless_suite);
