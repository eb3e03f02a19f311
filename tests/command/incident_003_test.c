/* The incident of the channel that nobody reads: what its story says comes out so. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "command/cli.h"
#include "command/mock.h"
#include "command/story.h"
#include "suite.h"
#include "support/tree.h"

#define SCENARIO "incident/callback-channel"
#define MOCK     TEST_BUILD "/mocks/rocketmq"

/* As at the build: nothing is fetched. */
#define GO "GOCACHE=" TEST_BUILD "/go-cache GOFLAGS= GOPROXY=off GOTOOLCHAIN=local CGO_ENABLED=0 "

/* The standard run: so many questions in all rounds but the one to warm up. */
enum { QUESTIONS = 1000 };

/* ---- The versions of the client ---- */

static const struct version {
    const char *name, *modules; /* below scenarios/ */
    int line;                   /* of the send, in internal/client.go */
    bool answers;               /* with the transaction's own id */
    int own;                    /* goroutines of a producer at rest */
    bool forgets;               /* a client that is shut down */
    const char *second;         /* said of a group's second producer */
} versions[] = {
    {"2.0.0", "go.mod", 220, false, 6, false, "<nil>"},
    {"2.1.0", SCENARIO "/versions/v2.1.0.mod", 224, true, 7, true, "<nil>"},
    {"2.1.1", SCENARIO "/versions/v2.1.1.mod", 261, true, 8, true,
     "producer group has been created"},
    {"2.1.2", SCENARIO "/versions/v2.1.2.mod", 262, true, 8, true,
     "producer group has been created"},
};

/* If a module of any is missing, says so. */
static bool has_modules(const char *what)
{
    g_autofree char *reason = NULL;
    bool known = g_file_get_contents(TEST_BUILD "/go-modules", &reason, NULL, NULL);
    if (known && *g_strstrip(reason) == '\0')
        return true;
    fprintf(stderr, "not checked: %s (%s)\n", what, known ? reason : "nothing is built");
    return false;
}

/* Its log is of no interest here. */
static void silence_client(void)
{
    g_setenv("ROCKETMQ_GO_LOG_LEVEL", "error", TRUE);
    g_setenv("GOMAXPROCS", "2", TRUE); /* each processor has memory of its own */
}

/* Builds the scenario's VARIANT with the client in VERSION. */
static void build(const char *program, const struct version *version, const char *variant)
{
    g_free(story_type(TEST_ROOT "/scenarios", NULL,
                      GO "go build -trimpath -modfile=%s -tags=%s -o %s ./" SCENARIO,
                      version->modules, variant, program));
}

/* Ten half messages are asked about at each of ten orders. Returns what the mock counted. */
static char *ask(const char *program, const char *flags)
{
    return story_type("/", NULL,
                      MOCK " --half-messages=10 --checks-per-send=10 %s --counts -- %s --rounds 10",
                      flags, program);
}

static int count(const char *counts, const char *name)
{
    g_autofree char *pattern = g_strdup_printf("^%s ([0-9]+)$", name);
    return (int)story_number(counts, pattern);
}

/* Nothing is answered, and each question has a goroutine that waits at the named line. */
static void check_plain(const char *program, const struct version *version, const char *flags)
{
    g_autofree char *counts = ask(program, flags);
    ck_assert_int_eq(count(counts, "checks"), 100);
    ck_assert_int_eq(count(counts, "ends"), 0);
    ck_assert_int_eq(count(counts, "unsettled"), 10);
    int code;
    g_autofree char *said = story_type("/", &code,
                                       "%s/leakyard judge --rounds=10 -d pprof-goroutine -- " MOCK
                                       " --half-messages=10 --checks-per-send=10 %s -- %s",
                                       TEST_BUILD, flags, program);
    ck_assert_msg(code == 1 && strstr(said, "found 1 leak\n    100 goroutines held\n") != NULL,
                  "exit %d: %s", code, said);
    g_autofree char *stack =
        g_strdup_printf("^ +runtime\\.chansend1 .*\n +.*GetOrNewRocketMQClient\\.func2 "
                        "\\(.*@v%s/internal/client\\.go:([0-9]+)\\)$",
                        version->name);
    ck_assert_int_eq(story_number(said, stack), version->line);
}

/* How often it is asked until it has answered is nobody's to say. */
static void check_answers(const char *program, const char *flags, bool settles)
{
    g_autofree char *counts = ask(program, flags);
    ck_assert_int_eq(count(counts, "unsettled"), settles ? 0 : 10);
    /* Its own orders it settles unasked, in each version. */
    ck_assert_int_eq(count(counts, "settled"), settles ? 20 : 10);
    if (settles)
        ck_assert_int_eq(count(counts, "ends_bad"), 0);
    else
        ck_assert_int_ge(count(counts, "ends_bad"), 100);
}

START_TEST(the_answer_was_mended_and_the_send_was_not)
{
    const struct version *version = &versions[_i];
    g_autofree char *folder = test_folder();
    g_autofree char *plain = g_build_filename(folder, "plain", NULL);
    g_autofree char *transacting = g_build_filename(folder, "transacting", NULL);
    build(plain, version, "leaky");
    build(transacting, version, "fixed");
    check_plain(plain, version, "");
    check_plain(plain, version, "--strict --ask-again --rounds=10");
    check_answers(transacting, "--ask-again --rounds=10", true);
    check_answers(transacting, "--strict --ask-again --rounds=10", version->answers);
    tree_remove(folder, NULL);
}
END_TEST

/* ---- Profiles ---- */

static char *artefacts(const char *detector)
{
    struct cli cli;
    cli_run(&cli, "why", "--fresh", "--variant", "leaky", SCENARIO, detector, NULL);
    ck_assert_msg(cli.code == 0, "%s%s", cli.out, cli.err);
    ck_assert(story_says(cli.out, "PROVED by labels; 1000 units outstanding"));
    cli_clear(&cli);
    return g_strdup_printf("%s/artefacts/" SCENARIO "/leaky/plain/%s", TEST_BUILD, detector);
}

START_TEST(the_goroutine_profile_has_the_line)
{
    g_autofree char *folder = artefacts("pprof-goroutine");
    g_autofree char *stacks =
        story_type(folder, NULL, "go tool pprof -traces -lines -base base.pb.gz last.pb.gz");
    static const char stack[] =
        "^ +([0-9]+) +runtime\\.gopark .*\n +runtime\\.chansend .*\n +runtime\\.chansend1 .*\n"
        " +github\\.com/apache/rocketmq-client-go/v2/internal\\.GetOrNewRocketMQClient\\.func2 "
        ".*@v2\\.0\\.0/internal/client\\.go:220\n"
        " +.*\\(\\*remotingClient\\)\\.processCMD\\.func2 .*/remote/remote_client\\.go:207\n"
        " +.*/primitive\\.WithRecover .*/primitive/base\\.go:96$";
    ck_assert_int_eq(story_number(stacks, stack), QUESTIONS);
}
END_TEST

/* Of what is in use, in percent; on the left as the document has it. */
struct share {
    double document;
    const char *function;
};

static const struct share with_all_they_call[] = {
    {78.73, "primitive.WithRecover"},
    {41.10, "internal.GetOrNewRocketMQClient.func2"},
    {41.10, "remote.(*remotingClient).processCMD.func2"},
    {37.63, "remote.(*remotingClient).connect.func1"},
    {37.63, "remote.(*remotingClient).receiveResponse"},
    {37.42, "remote.decode"},
    {35.58, "primitive.DecodeMessage"},
    {22.49, "remote.(*jsonCodec).decodeHeader"},
    {18.81, "go.(*frozenConfig).Unmarshal"},
    {18.20, "go.(*mapDecoder).Decode"},
    /* By itself, then: later versions of Go allocate in functions below. */
    {12.27, "runtime.malg"},
    {12.07, "reflect.mapassign"},
};

static const struct share by_themselves[] = {
    {17.59, "primitive.(*Message).UnmarshalProperties"},
    {14.73, "remote.decode"},
    {13.91, "primitive.DecodeMessage"},
    {6.75, "go.(*Iterator).ReadString"},
    {5.52, "internal.GetOrNewRocketMQClient.func2"},
    {3.68, "remote.(*jsonCodec).decodeHeader"},
};

static char *heap_table(const char *folder, const char *order)
{
    return story_type(folder, NULL,
                      "go tool pprof -top %s -nodefraction=0 -base base.pb.gz last.pb.gz", order);
}

/* It is another Go, another broker, and there was more to that service. */
START_TEST(the_heap_profile_is_that_of_the_document)
{
    g_autofree char *folder = artefacts("pprof-heap");
    g_autofree char *table = heap_table(folder, "-cum");
    for (gsize i = 0; i < G_N_ELEMENTS(with_all_they_call); i++) {
        const struct share *row = &with_all_they_call[i];
        double share = story_cell(table, row->function, 5);
        ck_assert_msg(share > row->document - 10 && share < row->document + 10,
                      "%s: %g %%, in the document %g", row->function, share, row->document);
    }
    ck_assert_msg(story_says(table, "cum%\n +0 +0% +0% .*primitive\\.WithRecover$"), "%.400s",
                  table);
    /* No line of the service is to blame. */
    ck_assert_double_lt(story_cell(table, "main.round", 5), 10);

    g_autofree char *flat = heap_table(folder, "-flat");
    for (gsize i = 0; i < G_N_ELEMENTS(by_themselves); i++) {
        const struct share *row = &by_themselves[i];
        double share = story_cell(flat, row->function, 2);
        ck_assert_msg(share > row->document / 1.5 && share < row->document * 1.5,
                      "%s: %g %% by itself, in the document %g", row->function, share,
                      row->document);
    }
    ck_assert_msg(
        story_says(flat,
                   "cum%\n(.* runtime\\.mallocgc\n)?.*\\(\\*Message\\)\\.UnmarshalProperties$"),
        "%.400s", flat);
}
END_TEST

/* ---- Memory ---- */

/* After so many orders, in KiB. */
static double memory_after(int orders)
{
    struct mock mock;
    struct parked parked;
    mock_start(&mock, "rocketmq", "--half-messages=5", "--checks-per-send=5", NULL);
    g_autofree char *arguments = g_strdup_printf("--rounds %d", orders);
    g_autofree char *setting = g_strdup_printf("YARD_SERVER=%s", mock.addresses[0]);
    parked_start(&parked, "leaky/" SCENARIO, arguments, setting);
    gint64 kib = story_anonymous_kib(parked.pid);
    parked_end(&parked);
    ck_assert_int_eq(mock_end(&mock, SIGTERM, NULL), 0);
    return (double)kib;
}

START_TEST(memory_is_a_straight_line)
{
    enum { FIRST = 200, STEP = 600, POINTS = 4 };
    static const double megabytes[POINTS] = {9.6, 31, 51, 72};
    double sizes[POINTS];
    for (int i = 0; i < POINTS; i++) {
        sizes[i] = memory_after(FIRST + i * STEP);
        ck_assert_double_eq_tol(sizes[i] / 1000, megabytes[i], megabytes[i] / 10);
    }
    double total = sizes[POINTS - 1] - sizes[0];
    for (int i = 1; i < POINTS; i++) {
        double share = (sizes[i] - sizes[i - 1]) / (total / (POINTS - 1));
        ck_assert_msg(share > 0.85 && share < 1.15, "%g, %g, %g, %g KiB", sizes[0], sizes[1],
                      sizes[2], sizes[3]);
    }
    /* 4 KiB of stack, twice the least, and 2.3 of heap; the rest is pages that are not wholly
     * used, and the runtime's books. */
    double each = total / ((POINTS - 1) * STEP * 5);
    ck_assert_msg(each > 6.3 && each < 7.5, "%g KiB a goroutine", each);
    ck_assert_double_eq_tol(memory_after(1) / 1000, 2.4, 1);
}
END_TEST

/* ---- Those who look from within ---- */

static char *client_test(const struct version *version, const char *setting, const char *test)
{
    return story_type(TEST_ROOT "/scenarios", NULL,
                      GO "GOEXPERIMENT=goroutineleakprofile %s " MOCK
                         " --half-messages=5 --checks-per-send=5 -- go test -trimpath -vet=off "
                         "-count=1 -v -run=%s -modfile=%s ../tests/data/rocketmq_client_test.go",
                      setting, test, version->modules);
}

START_TEST(goleak_names_the_clients_own_as_well)
{
    const struct version *version = &versions[_i];
    g_autofree char *said = client_test(version, "", "WhatIsLeft");
    ck_assert_int_eq(story_number(said, "goleak: ([0-9]+) stuck"), 500);
    ck_assert_int_eq(story_number(said, "goleak: .* ([0-9]+) others$"), version->own);
    ck_assert_int_eq(story_number(said, "registered: ([0-9]+) by goroutineleak$"), 0);
}
END_TEST

/* From 2.1.0 on the list of clients forgets one that is shut down; the goroutines stay. */
START_TEST(goroutineleak_is_blind_while_the_client_is_registered)
{
    const struct version *version = &versions[_i];
    g_autofree char *said = client_test(version, "SHUTDOWN=1", "WhatIsLeft");
    ck_assert_int_eq(story_number(said, "registered: ([0-9]+) by goroutineleak$"), 0);
    ck_assert_int_eq(story_number(said, "shut down: ([0-9]+) by goroutineleak, 500 in all$"),
                     version->forgets ? 500 : 0);
}
END_TEST

START_TEST(a_groups_second_producer_is_refused_from_2_1_1_on)
{
    const struct version *version = &versions[_i];
    g_autofree char *said = client_test(version, "", "SecondOfAGroup");
    g_autofree char *answer = g_strdup_printf("second: %s$", version->second);
    ck_assert_msg(story_says(said, answer), "%s", said);
}
END_TEST

/* ---- git bisect ---- */

static int occurrences(const char *text, const char *word)
{
    int count = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at += strlen(word))
        count++;
    return count;
}

START_TEST(git_finds_the_commit_by_itself)
{
    if (!story_has("git", "the search for the commit"))
        return;
    g_autofree char *folder = test_folder();
    g_autofree char *said =
        story_type(folder, NULL, "TMPDIR=%s %s/scenarios/" SCENARIO "/bisect.sh %s", folder,
                   TEST_ROOT, TEST_BUILD);
    ck_assert_msg(story_says(said, "^128 commits, "), "%s", said);
    ck_assert_msg(story_says(said, "^[0-9a-f]{40} is the first bad commit\ncommit .*\nAuthor: .*\n"
                                   "Date: .*\n\n    RocketMQ: the same client as in the other "
                                   "services$"),
                  "%s", said);
    ck_assert(story_says(said, "^-\t.*/rocketmq-client-go/v2 v2\\.1\\.2\n"
                               "\\+\t.*/rocketmq-client-go/v2 v2\\.1\\.0$"));
    /* Seven halvings, and one commit more, as the first cannot be built. */
    ck_assert_int_eq(occurrences(said, "\nrunning "), 8);
    ck_assert_int_eq(occurrences(said, "undefined: salutationOf"), 1);
    ck_assert_int_eq(occurrences(said, "can't tell"), 0);
    ck_assert_int_eq(occurrences(said, "    100 goroutines held\n"), 3);
    g_autofree char *left = story_type(folder, NULL, "ls -A");
    ck_assert_str_eq(left, "");
    tree_remove(folder, NULL);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("incident_003");
    TCase *cases = tcase_create("incident_003");
    if (!story_has("go", "incident 003") || !has_modules("incident 003"))
        return suite;
    tcase_add_checked_fixture(cases, silence_client, NULL);
    tcase_set_timeout(cases, 300);
    tcase_add_loop_test(cases, the_answer_was_mended_and_the_send_was_not, 0,
                        G_N_ELEMENTS(versions));
    tcase_add_test(cases, the_goroutine_profile_has_the_line);
    tcase_add_test(cases, the_heap_profile_is_that_of_the_document);
    tcase_add_test(cases, memory_is_a_straight_line);
    tcase_add_loop_test(cases, goleak_names_the_clients_own_as_well, 0, G_N_ELEMENTS(versions));
    tcase_add_loop_test(cases, goroutineleak_is_blind_while_the_client_is_registered, 0,
                        G_N_ELEMENTS(versions));
    tcase_add_loop_test(cases, a_groups_second_producer_is_refused_from_2_1_1_on, 0,
                        G_N_ELEMENTS(versions));
    tcase_add_test(cases, git_finds_the_commit_by_itself);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
