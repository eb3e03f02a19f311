/* The incident of bkeys and keys: what was lost and what was not found, how it looked to the
 * tools that were tried, and what found it. */
#include <string.h>

#include "command/cli.h"
#include "command/mock.h"
#include "command/proxy_fixture.h"
#include "command/story.h"
#include "suite.h"

#define REPEATED "incident/repeated-key"
#define CUT      "incident/cut-reply"
#define SMALL    "trap/getmulti-small-values"

/* ---- What has to be lost ---- */

/* Runs PROGRAM for PAGES rounds in front of a mock with OPTIONS. Clear with outcome_clear. */
static struct outcome run_behind(const char *program, const char *options)
{
    return outcome_read(story_type(TEST_ROOT, NULL, "%s/mocks/memcached --counts %s -- %s/plain/%s",
                                   TEST_BUILD, options, TEST_BUILD, program));
}

static gint64 count_of(const struct outcome *outcome, const char *name)
{
    g_autofree char *pattern = g_strdup_printf("^%s ([0-9]+)$", name);
    return (gint64)story_number(outcome->said, pattern);
}

/* With values of BYTES each. Up to 4096 they are memory of Go, and no units. */
static void check_mistaken(const char *program, guint groups, gint64 bytes)
{
    g_autofree char *options =
        g_strdup_printf("--servers=%u --buckets=16 --synthesize=user::%d", groups, (int)bytes);
    struct outcome outcome = run_behind(program, options);
    struct page page = predict(groups);
    gint64 found = PAGES * page.found, in_c = bytes > 4096 ? 1 : 0;
    ck_assert_int_eq(outcome.value, found * bytes);
    ck_assert_int_eq(outcome.died, in_c * found);
    ck_assert_int_eq(outcome.born - outcome.died, in_c * found * (page.requests - 1));
    ck_assert_int_eq(count_of(&outcome, "cmd_get"), PAGES * page.requests);
    ck_assert_int_eq(count_of(&outcome, "get_hits"), found * page.requests);
    ck_assert_int_eq(count_of(&outcome, "get_misses"), PAGES * page.requests * (KEYS - page.found));
    outcome_clear(&outcome);
}

static void check_sound(guint groups)
{
    g_autofree char *options =
        g_strdup_printf("--servers=%u --buckets=16 --synthesize=user::%d", groups, BYTES);
    struct outcome outcome = run_behind("fixed/" CLOSURE, options);
    ck_assert_int_eq(outcome.value, PAGES * KEYS * BYTES);
    ck_assert_int_eq(outcome.born, PAGES * KEYS);
    ck_assert_int_eq(outcome.died, PAGES * KEYS);
    ck_assert_int_eq(count_of(&outcome, "get_misses"), 0);
    outcome_clear(&outcome);
}

/* Lost is, for each key that is found, one value less than there are groups; what the wrong
 * group does not have is not found. */
START_TEST(lost_and_not_found_by_the_number_of_groups)
{
    guint groups = (guint)_i;
    check_mistaken("leaky/" CLOSURE, groups, BYTES);
    check_sound(groups);
}
END_TEST

/* The very same source, with values of another size: answers are as wrong, and nothing is lost. */
START_TEST(small_values_are_the_collectors)
{
    static const struct {
        const char *program;
        gint64 bytes;
    } sizes[] = {
        {"clean/" SMALL, 1009},   {"clean/" SMALL, 4096},   {"clean/" SMALL, 4097},
        {"leaky/" CLOSURE, 4096}, {"leaky/" CLOSURE, 4097},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
        check_mistaken(sizes[i].program, 4, sizes[i].bytes);
}
END_TEST

/* ---- The other lines of the library ---- */

START_TEST(a_repeated_key_is_lost_as_often_as_it_is_repeated)
{
    int repeat = _i;
    g_autofree char *options = g_strdup_printf("--synthesize=album::10009 --repeat=%d", repeat);
    struct outcome leaky = run_behind("leaky/" REPEATED, options),
                   fixed = run_behind("fixed/" REPEATED, options);
    ck_assert_int_eq(count_of(&leaky, "fault_repeated"), PAGES * 3 * (repeat - 1));
    ck_assert_int_eq(leaky.born - leaky.died, PAGES * 3 * (repeat - 1));
    ck_assert_int_eq(fixed.born, PAGES * 3 * repeat);
    ck_assert_int_eq(fixed.born, fixed.died);
    ck_assert_int_eq(leaky.value, PAGES * 3 * 10009);
    ck_assert_int_eq(fixed.value, leaky.value);
    outcome_clear(&leaky);
    outcome_clear(&fixed);
}
END_TEST

/* Of three values so many come whole, then half of one, if there is one more. */
START_TEST(a_reply_that_breaks_off_loses_what_came_of_it)
{
    g_autofree char *options =
        g_strdup_printf("--synthesize=album::10037 --cut-after=%d --cut-bytes=5000", _i);
    struct outcome leaky = run_behind("leaky/" CUT, options),
                   fixed = run_behind("fixed/" CUT, options);
    ck_assert_int_eq(count_of(&leaky, "fault_cut"), PAGES);
    ck_assert_int_eq(count_of(&leaky, "values_sent"), PAGES * _i);
    ck_assert_int_eq(leaky.born, PAGES * _i);
    ck_assert_int_eq(leaky.died, 0);
    ck_assert_int_eq(fixed.born, PAGES * _i);
    ck_assert_int_eq(fixed.died, PAGES * _i);
    ck_assert_int_eq(leaky.value, PAGES);
    outcome_clear(&leaky);
    outcome_clear(&fixed);
}
END_TEST

/* A server and its client in one process. The server's home is gone with it. */
START_TEST(the_server_itself_loses_what_is_named_twice)
{
    g_autofree char *said = story_type(proxy_folder, NULL,
                                       "TMPDIR=%s %s/plain/leaky/incident/server-repeated-key "
                                       "--rounds 100 && ls -A %s",
                                       proxy_folder, TEST_BUILD, proxy_folder);
    ck_assert_str_eq(said, "value 5002100, 200 units born, 100 died\n");
}
END_TEST

/* ---- Parked ---- */

/* PROGRAM after so many rounds in front of MOCK. */
static void park(struct parked *parked, const char *program, int rounds, const struct mock *mock)
{
    g_autofree char *arguments = g_strdup_printf("--rounds %d", rounds);
    g_autofree char *addresses = g_strjoinv(" ", mock->addresses);
    g_autofree char *setting = g_strdup_printf("YARD_SERVER=%s", addresses);
    parked_start(parked, program, arguments, setting);
}

static gint64 memory_after(const char *program, int rounds, const struct mock *mock)
{
    struct parked parked;
    park(&parked, program, rounds, mock);
    gint64 kib = story_anonymous_kib(parked.pid);
    parked_end(&parked);
    return kib;
}

/* ---- First wrong turn: pprof ---- */

#define LIBRARY "cmem\\.\\(\\*CArray\\)\\.Alloc"

static void take_profiles(const char *id, const char *variant)
{
    struct cli cli;
    cli_run(&cli, "why", "--fresh", "--variant", variant, id, "pprof-heap", NULL);
    ck_assert_msg(cli.code == 0, "%s%s", cli.out, cli.err);
    cli_clear(&cli);
}

static char *top(const char *id, const char *variant, const char *options)
{
    g_autofree char *where =
        g_strdup_printf("%s/artefacts/%s/%s/plain/pprof-heap", TEST_BUILD, id, variant);
    return story_type(where, NULL, "go tool pprof -top -nodefraction=0 -nodecount=9999 -unit=B %s",
                      options);
}

/* All that such a table is about. */
static double total(const char *table)
{
    return story_number(table, "% of (-?[0-9.]+)B total$");
}

/* The profile takes down each allocation, and knows none of a large value's: not what is in use,
 * and not what was allocated. Where values are small it knows them. */
START_TEST(pprof_is_blind)
{
    take_profiles(CLOSURE, "leaky");
    g_autofree char *allocated = top(CLOSURE, "leaky", "-sample_index=alloc_space last.pb.gz");
    ck_assert(story_says(allocated, "memcache\\.\\(\\*Response\\)\\.Read$"));
    ck_assert_msg(!story_says(allocated, LIBRARY), "%s", allocated);
    g_autofree char *grown =
        top(CLOSURE, "leaky", "-sample_index=inuse_space -base base.pb.gz last.pb.gz");
    /* 300 values are lost between them. */
    ck_assert_msg(total(grown) < 300.0 * BYTES / 10, "%s", grown);

    take_profiles(SMALL, "clean");
    g_autofree char *known = top(SMALL, "clean", "-sample_index=alloc_space last.pb.gz");
    ck_assert_double_ge(story_number(known, "^ *([0-9]+)B .* \\S*" LIBRARY "(?: \\(inline\\))?$"),
                        51.0 * KEYS * 1009);
}
END_TEST

/* What a program holds beside what it lost, when it is parked: pages of Go's heap that are not
 * wholly free, and what the runtime keeps its books in. What is free has gone back. */
enum { NOISE_KIB = 2 << 10 };

/* In two hundred rounds. */
static void check_growth(const char *program, const char *size, gint64 lost)
{
    struct mock mock;
    mock_start(&mock, "memcached", "--servers=4", "--buckets=16", size, NULL);
    gint64 grown = memory_after(program, 210, &mock) - memory_after(program, 10, &mock);
    check_kib(program, grown, lost, NOISE_KIB);
    mock_end(&mock, SIGTERM, NULL);
}

/* The small values are the largest that are Go's: were they lost, it would be 4.7 MiB. */
START_TEST(memory_grows_by_what_is_lost)
{
    check_growth("leaky/" CLOSURE, "--synthesize=user::100003", (gint64)200 * 6 * LARGE);
    check_growth("fixed/" CLOSURE, "--synthesize=user::100003", 0);
    check_growth("leaky/" CLOSURE, "--synthesize=user::4096", 0);
}
END_TEST

/* ---- Second: what is in memory ---- */

/* Writes the parts of PID's memory whose line in its map matches PATTERN to FOLDER/NAME. */
static void dump(pid_t pid, const char *pattern, const char *name)
{
    g_free(story_type(proxy_folder, NULL,
                      "rm -f %s\n"
                      "sed -nE 's/^([0-9a-f]+)-([0-9a-f]+) %s$/append binary memory %s 0x\\1 "
                      "0x\\2/p' /proc/%d/maps >dump.gdb\n"
                      "gdb -nx -batch -p %d -x dump.gdb",
                      name, pattern, name, (int)pid, (int)pid));
}

/* Values in FILE: a key and a blank 1,424 times, which is all of one but for the first bytes.
 * Those of a block that was freed are its allocator's. */
static int values_in(const char *file)
{
    g_autofree char *said =
        story_type(proxy_folder, NULL, "LC_ALL=C grep -aoE '(user:[0-9] ){1424}' %s | wc -l", file);
    return (int)story_number(said, "^([0-9]+)$");
}

static void dump_after(const char *variant, int rounds, const struct mock *mock)
{
    g_autofree char *program = g_strdup_printf("%s/" CLOSURE, variant);
    struct parked parked;
    park(&parked, program, rounds, mock);
    /* gcore would write out what Go and malloc have only reserved, too: more than a gigabyte. */
    dump(parked.pid, "rw-p .*", "core");
    dump(parked.pid, ".*\\[heap\\]", "heap");
    parked_end(&parked);
}

/* What is lost is all there. Beside it there are stale copies: no more of them than blocks that
 * a page had at once, since the next page's values come to where the last one's were. */
START_TEST(memory_is_full_of_values)
{
    struct mock mock;
    mock_start(&mock, "memcached", "--plan=" TEST_ROOT "/scenarios/" CLOSURE "/plan.txtpb", NULL);
    dump_after("leaky", 50, &mock);
    int all = values_in("core"), in_c = values_in("heap");
    ck_assert_msg(all >= 300 && all <= 300 + KEYS, "%d values", all);
    ck_assert_int_eq(in_c, all);
    dump_after("fixed", 50, &mock);
    int stale = values_in("core");
    ck_assert_msg(stale <= KEYS, "%d values", stale);
    mock_end(&mock, SIGTERM, NULL);
}
END_TEST

/* ---- The turn: steep parts of the curve, replayed ---- */

/* So many requests that even of small values a minute's would be 5.9 MiB, were they lost. */
enum { MINUTES = 3, REQUESTS = 250 };

/* The log of three minutes: keys one at a time, whole pages, and keys one at a time. */
static char *write_log(void)
{
    g_autoptr(GString) log = g_string_new(NULL);
    for (int minute = 0; minute < MINUTES; minute++)
        for (int i = 0; i < REQUESTS; i++) {
            if (minute == 1)
                g_string_append(log, "getm user:1 user:2 user:3 user:4 user:5 user:6 user:7 "
                                     "user:8\n");
            else
                g_string_append_printf(log, "get user:%d\n", i % KEYS + 1);
        }
    write_file(proxy_folder, "requests.log", log->str);
    return g_build_filename(proxy_folder, "requests.log", NULL);
}

/* Grown in each minute of the log, in KiB. */
static void replay(const char *program, const struct mock *mock, gint64 grown[MINUTES])
{
    g_autofree char *log = write_log();
    g_setenv("PROXY_REPLAY", log, TRUE);
    gint64 before = memory_after(program, REQUESTS / 10, mock);
    ck_assert_int_lt(before, 3 << 10);
    for (int minute = 0; minute < MINUTES; minute++) {
        gint64 now = memory_after(program, (minute + 1) * REQUESTS, mock);
        grown[minute] = now - before;
        before = now;
    }
}

static const struct {
    const char *program, *servers, *size;
    gint64 lost; /* bytes, in the second minute */
} environments[] = {
    {"leaky/" CLOSURE, "--servers=4", "--synthesize=user::100003", (gint64)REQUESTS * 6 * LARGE},
    {"fixed/" CLOSURE, "--servers=4", "--synthesize=user::100003", 0},
    /* Two as they are on a desk. */
    {"leaky/" CLOSURE, "--servers=1", "--synthesize=user::100003", 0},
    {"leaky/" CLOSURE, "--servers=4", "--synthesize=user::4096", 0},
};

/* In production, and nowhere else, it is pages. */
START_TEST(a_steep_line_while_getm_is_replayed)
{
    struct mock mock;
    gint64 grown[MINUTES];
    mock_start(&mock, "memcached", "--buckets=16", environments[_i].servers, environments[_i].size,
               NULL);
    replay(environments[_i].program, &mock, grown);
    mock_end(&mock, SIGTERM, NULL);
    check_kib("the first minute", grown[0], 0, NOISE_KIB);
    check_kib("the second minute", grown[1], environments[_i].lost, NOISE_KIB);
    check_kib("the third minute", grown[2], 0, NOISE_KIB);
}
END_TEST

/* ---- One half of the code after the other ---- */

START_TEST(halving_finds_what_it_takes)
{
    struct cli cli;
    cli_run(&cli, "ablate", CLOSURE, NULL);
    ck_assert_msg(cli.code == 0, "exit %d: %s%s", cli.code, cli.out, cli.err);
    ck_assert(story_says(cli.out, "^  split, groups, getm, large-values +6 +leaks$"));
    ck_assert(story_says(cli.out, "^  groups, getm, large-values +6 +leaks$"));
    ck_assert(story_says(cli.out, "^  split, getm, large-values +0 +does not leak$"));
    ck_assert(story_says(cli.out, "^  split, groups, large-values +0 +does not leak$"));
    ck_assert(story_says(cli.out, "^  split, groups, getm +0 +does not leak$"));
    ck_assert_msg(strstr(cli.out, "fails") == NULL, "%s", cli.out);
    ck_assert(g_str_has_suffix(cli.out, "\nThe smallest set of stages that still leaks is groups, "
                                        "getm, large-values: the keys are of several groups of "
                                        "hosts; all keys of a page are asked for at once; values "
                                        "are large.\n"));
    cli_clear(&cli);
}
END_TEST

/* ---- The suite ---- */

static Suite *suite(void)
{
    Suite *suite = suite_create("incident_000");
    TCase *cases = tcase_create("incident_000");
    if (!story_has("go", "incident 000") || !proxy_is_built())
        return suite;
    tcase_set_timeout(cases, 180);
    tcase_add_checked_fixture(cases, proxy_set_up, proxy_tear_down);
    tcase_add_loop_test(cases, lost_and_not_found_by_the_number_of_groups, 1, 6);
    tcase_add_test(cases, small_values_are_the_collectors);
    tcase_add_loop_test(cases, a_repeated_key_is_lost_as_often_as_it_is_repeated, 1, 4);
    tcase_add_loop_test(cases, a_reply_that_breaks_off_loses_what_came_of_it, 0, 4);
    tcase_add_test(cases, the_server_itself_loses_what_is_named_twice);
    tcase_add_test(cases, pprof_is_blind);
    tcase_add_test(cases, memory_grows_by_what_is_lost);
    if (story_has("gdb", "what is in the memory of incident 000"))
        tcase_add_test(cases, memory_is_full_of_values);
    tcase_add_loop_test(cases, a_steep_line_while_getm_is_replayed, 0, G_N_ELEMENTS(environments));
    tcase_add_test(cases, halving_finds_what_it_takes);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
