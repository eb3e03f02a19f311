/* The incident of the cache that never forgets: what its story says comes out so. */
#include <string.h>

#include "command/cli.h"
#include "command/story.h"
#include "suite.h"
#include "support/tree.h"

#define CACHE    "incident/user-cache"
#define POINTERS "incident/user-cache-pointers"

/* The standard run: a minute to warm up, then ten. */
enum {
    MINUTES = 11,
    ENTRIES = 3181,
    USERS = 950,
};

/* ---- Two profiles of one process ---- */

static void take_profiles(const char *id)
{
    struct cli cli;
    cli_run(&cli, "why", "--fresh", "--variant", "leaky", id, "pprof-heap", NULL);
    ck_assert_msg(cli.code == 0 && strstr(cli.out, "FOUND") != NULL, "%s%s", cli.out, cli.err);
    cli_clear(&cli);
}

/* The table of `go tool pprof -top` with OPTIONS, of all functions. */
static char *top(const char *id, const char *options)
{
    g_autofree char *folder =
        g_strdup_printf("%s/artefacts/%s/leaky/plain/pprof-heap", TEST_BUILD, id);
    return story_type(folder, NULL, "go tool pprof -top -nodefraction=0 -nodecount=9999 -unit=B %s",
                      options);
}

static void check_blame(void)
{
    g_autofree char *objects = top(CACHE, "-sample_index=alloc_objects last.pb.gz");
    g_autofree char *allocated = top(CACHE, "-sample_index=alloc_space last.pb.gz");
    g_autofree char *in_use = top(CACHE, "-sample_index=inuse_space last.pb.gz");
    g_autofree char *grown = top(CACHE, "-sample_index=inuse_space -base base.pb.gz last.pb.gz");

    ck_assert_double_ge(story_cell(objects, "encoding/json.Marshal", 1), MINUTES * ENTRIES);
    ck_assert_double_gt(story_cell(allocated, "main.refresh", 5), 50);
    ck_assert_double_lt(story_cell(allocated, "main.chancesOf", 5), 30);
    ck_assert_double_gt(story_cell(in_use, "main.chancesOf", 5), 75);
    ck_assert_double_gt(story_cell(grown, "main.chancesOf", 5), 98);
    if (story_has_row(grown, "main.refresh")) /* of what grew it may have nothing at all */
        ck_assert_double_lt(story_cell(grown, "main.refresh", 5), 1);
    /* The caller is charged, and the library that keeps it all with next to nothing. */
    double library = story_cell(grown, "go-cache.(*cache).Set", 1);
    ck_assert_double_gt(library, 0);
    ck_assert_double_lt(library, story_cell(grown, "main.chancesOf", 1) / 50);
}

/* ---- By value against by pointer ---- */

static double grown_by(const char *id)
{
    g_autofree char *grown = top(id, "-sample_index=inuse_space -base base.pb.gz last.pb.gz");
    return story_cell(grown, "main.chancesOf", 1);
}

static void check_sizes(void)
{
    double values = grown_by(CACHE) / USERS, pointers = grown_by(POINTERS) / USERS;
    /* Sixty rows want 128 places in a map of Go: 96 bytes each with the name, or 24. */
    ck_assert_msg(values > 128 * 96 && values < 128 * 96 * 1.15, "%g B a user by value", values);
    ck_assert_msg(pointers > 128 * 24 && pointers < 128 * 24 * 1.3, "%g B a user by pointer",
                  pointers);
    ck_assert_double_gt(values / pointers, 3.5);
    ck_assert_double_lt(values / pointers, 4.2);
}

START_TEST(who_allocates_who_keeps_and_how_much)
{
    take_profiles(CACHE);
    check_blame();
    take_profiles(POINTERS);
    check_sizes();
}
END_TEST

/* What is alive after the last collection of a run of ROUNDS, in MB. */
static double alive(const char *program, int rounds)
{
    g_autofree char *said =
        story_type("/", NULL, "GODEBUG=gctrace=1 %s/plain/%s --rounds %d | tail -3", TEST_BUILD,
                   program, rounds);
    return story_number(said, "^gc .*->([0-9]+) MB,(?![\\s\\S]*^gc )");
}

/* The document's own measure: 26 to 1221 MB by value, 25 to 331 by pointer. */
START_TEST(a_hundred_thousand_messages)
{
    double values = alive("leaky/" CACHE, 1000), pointers = alive("leaky/" POINTERS, 1000);
    ck_assert_msg(values > 1100 && values < 1400, "%g MB by value", values);
    ck_assert_msg(pointers > 280 && pointers < 380, "%g MB by pointer", pointers);
    ck_assert_double_lt(alive("fixed/" CACHE, 1000), 10);
    ck_assert_double_lt(alive("fixed/" POINTERS, 1000), 10);
}
END_TEST

/* ---- A hoard is no leak ---- */

static json_t *run(const char *const *scenarios_and_detectors)
{
    g_autofree char *folder = test_folder();
    g_autofree char *results = g_build_filename(folder, "results.pb", NULL);
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    const char *const always[] = {"run", "--results", results, "-O", "json:-"};
    for (gsize i = 0; i < G_N_ELEMENTS(always); i++)
        g_ptr_array_add(arguments, (gpointer)always[i]);
    for (; *scenarios_and_detectors != NULL; scenarios_and_detectors++)
        g_ptr_array_add(arguments, (gpointer)*scenarios_and_detectors);
    g_ptr_array_add(arguments, NULL);
    struct cli cli;
    cli_run_with(&cli, NULL, (char *const *)arguments->pdata);
    ck_assert_msg(cli.code == 0, "%s", cli.err);
    json_t *report = json_of(cli.out);
    cli_clear(&cli);
    tree_remove(folder, NULL);
    return report;
}

START_TEST(whoever_looks_for_what_is_lost_says_nothing)
{
    static const char *const words[] = {POINTERS, "reachable/answer-cache",
                                        "-d",     "pprof-heap",
                                        "-d",     "go-metrics",
                                        "-d",     "trend",
                                        "-d",     "checkfinalizers",
                                        "-d",     "goroutineleak",
                                        "-d",     "lsan",
                                        NULL};
    static const struct {
        const char *detector, *leaky;
    } verdicts[] = {{"pprof-heap", "FOUND"},
                    {"go-metrics", "FOUND"},
                    {"trend", "FOUND"},
                    {"checkfinalizers", "MISSED"},
                    {"goroutineleak", "MISSED"}};
    json_t *report = run(words);
    for (gsize i = 0; i < G_N_ELEMENTS(verdicts); i++) {
        const char *detector = verdicts[i].detector;
        ck_assert_str_eq(verdict_of(report, POINTERS, "leaky", detector), verdicts[i].leaky);
        ck_assert_str_eq(verdict_of(report, POINTERS, "fixed", detector), "CLEAN");
    }
    /* The same in C, for the checkers at exit. */
    ck_assert_str_eq(verdict_of(report, "reachable/answer-cache", "leaky", "lsan"), "MISSED");
    json_decref(report);
}
END_TEST

/* ---- Mends, and what is none ---- */

static void check_held(const char *program, int rounds, int users, int held)
{
    g_autofree char *said =
        story_type("/", NULL, "%s/plain/%s --rounds %d", TEST_BUILD, program, rounds);
    double born = story_number(said, "([0-9]+) units born"),
           died = story_number(said, "([0-9]+) died");
    ck_assert_msg(born >= users && born - died == held, "%s: %s", program, said);
}

START_TEST(a_bound_holds_and_so_does_no_cache_at_all)
{
    check_held("leaky/" CACHE, 100, 9500, 9500);
    check_held("fixed/" CACHE, 100, 9500, 50);
    check_held("leaky/" POINTERS, 100, 9500, 9500);
    check_held("fixed/" POINTERS, 100, 10000, 0);
}
END_TEST

/* An expiry alone keeps all that has expired: ten thousand of ten thousand. */
START_TEST(an_expiry_that_nobody_carries_out)
{
    g_autofree char *said = story_type(
        "/", NULL, "%s/plain/leaky/goheap/cache-without-janitor --rounds 1000", TEST_BUILD);
    ck_assert(story_says(said, " [0-9]{5} units born, 0 died"));
    struct cli cli;
    cli_run(&cli, "prove", "goheap/cache-without-janitor", "--flavour", "plain", NULL);
    ck_assert_int_eq(cli.code, 0);
    ck_assert(story_says(cli.out, "leaky +plain +2000 = +2000 "));
    ck_assert(story_says(cli.out, "fixed +plain +0 <= 0 "));
    cli_clear(&cli);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("incident_004");
    TCase *cases = tcase_create("incident_004"), *big = tcase_create("incident_004_big");
    if (!story_has("go", "incident 004"))
        return suite;
    tcase_set_timeout(cases, 180);
    tcase_add_test(cases, who_allocates_who_keeps_and_how_much);
    tcase_add_test(cases, whoever_looks_for_what_is_lost_says_nothing);
    tcase_add_test(cases, a_bound_holds_and_so_does_no_cache_at_all);
    tcase_add_test(cases, an_expiry_that_nobody_carries_out);
    suite_add_tcase(suite, cases);
    tcase_set_timeout(big, 600);
    tcase_set_tags(big, "big");
    tcase_add_test(big, a_hundred_thousand_messages);
    suite_add_tcase(suite, big);
    return suite;
}
SUITE(suite);
