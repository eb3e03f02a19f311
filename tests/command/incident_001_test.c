/* The incident of the ticker that was stopped, and what its document says of Go's leaks. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command/cli.h"
#include "command/story.h"
#include "suite.h"
#include "support/procfs.h"
#include "support/tree.h"

enum { REQUESTS = 1000 };

/* Their row in a table of goroutines: what grew, with all that they call. */
#define WATCHERS "^ +0 +0% +[0-9.]+% +([0-9]+) .* main\\.\\(\\*watcher\\)\\.run$"

/* ---- Over the admin port ---- */

/* Whatever the caller's settings say of proxies. */
#define CURL "curl -q --noproxy '*' -sS"

struct service {
    struct parked program;
    char *folder;          /* of its profiles */
    char *admin, *address; /* http://… */
};

static char *line_of(const char *said, const char *what)
{
    g_autofree char *pattern = g_strdup_printf("^%s: (http://127\\.0\\.0\\.1:[0-9]+)$", what);
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    ck_assert_msg(g_regex_match(regex, said, 0, &match), "no %s in %s", what, said);
    return g_match_info_fetch(match, 1);
}

/* A heap profile that samples all is exact. */
#define EXACT "GODEBUG=memprofilerate=1"

static void service_start(struct service *service, const char *variant, const char *setting)
{
    g_autofree char *program = g_strdup_printf("%s/incident/ticker-service", variant);
    parked_start(&service->program, program, "--rounds 1", setting);
    service->folder = test_folder();
    service->admin = line_of(service->program.said, "admin port");
    service->address = line_of(service->program.said, "service");
}

static void service_end(struct service *service)
{
    parked_end(&service->program);
    tree_remove(service->folder, NULL);
    g_free(service->folder);
    g_free(service->admin);
    g_free(service->address);
}

static void take_profiles(const struct service *service, const char *when)
{
    g_free(story_type(service->folder, NULL,
                      CURL " -f -o heap-%s.pb.gz '%s/debug/pprof/heap?gc=1' && " CURL
                           " -f -o goroutine-%s.pb.gz %s/debug/pprof/goroutine",
                      when, service->admin, when, service->admin));
}

static char *difference(const struct service *service, const char *profile, const char *options)
{
    return story_type(service->folder, NULL,
                      "go tool pprof %s -diff_base %s-quiet.pb.gz %s-busy.pb.gz", options, profile,
                      profile);
}

/* So many, over one connection. */
static void request(const struct service *service, int requests)
{
    g_free(story_type(service->folder, NULL, CURL " -f -o answers '%s/watch?sensor=[1-%d]'",
                      service->address, requests));
}

/* Profiles before and under load. */
static void profile_twice(struct service *service, const char *variant)
{
    service_start(service, variant, EXACT);
    take_profiles(service, "quiet");
    request(service, REQUESTS);
    take_profiles(service, "busy");
}

START_TEST(the_heap_says_that_and_the_goroutines_say_where)
{
    struct service service;
    profile_twice(&service, "leaky");
    /* Who got its goroutine's descriptor from malg, and no line of the service is in it. */
    g_autofree char *heap =
        difference(&service, "heap", "-peek 'runtime[.]malg$' -sample_index=inuse_objects");
    double descriptors = story_number(heap, "^ +([0-9]+) +[0-9.]+% \\| +runtime\\.newproc1$");
    ck_assert_msg(descriptors > 0.9 * REQUESTS && descriptors < 1.1 * REQUESTS, "%s", heap);
    ck_assert(!story_says(heap, "main\\."));

    g_autofree char *goroutines = difference(&service, "goroutine", "-top -nodefraction=0");
    ck_assert_int_eq(story_number(goroutines, WATCHERS), REQUESTS);
    service_end(&service);
}
END_TEST

static double anonymous_mb(const struct service *service)
{
    return (double)story_anonymous_kib(service->program.pid) / 1000;
}

/* As many looks as the story has, and a profile that samples: some twenty of the descriptors. */
START_TEST(memory_grows_by_more_than_the_profile_shows)
{
    enum { LOOKS = 20000 };
    struct service service;
    service_start(&service, "leaky", NULL);
    double quiet = anonymous_mb(&service);
    take_profiles(&service, "quiet");
    request(&service, LOOKS);
    take_profiles(&service, "busy");
    double grown = anonymous_mb(&service) - quiet;
    /* 3.3 kB a look; what was garbage until the last collection may still be there. */
    ck_assert_msg(grown > 60 && grown < 80, "grew by %g MB", grown);

    g_autofree char *heap = difference(&service, "heap", "-top -cum -unit=MB");
    double descriptors = story_cell(heap, "runtime.malg", 4);
    /* Eighteen samples of half a MB are to be expected; fewer than four, or fifty, come by
     * chance once in ten thousand runs. */
    ck_assert_msg(descriptors > 1.5 && descriptors < 25, "%s", heap);
    ck_assert_double_gt(grown, 2 * story_number(heap, "^Showing nodes accounting for ([0-9.]+)MB"));
    g_autofree char *goroutines = difference(&service, "goroutine", "-top -nodefraction=0");
    ck_assert_int_eq(story_number(goroutines, WATCHERS), LOOKS);
    service_end(&service);
}
END_TEST

START_TEST(the_line_stands_in_the_profile_as_text)
{
    struct service service;
    profile_twice(&service, "leaky");
    g_autofree char *text = story_type(
        service.folder, NULL, CURL " -f '%s/debug/pprof/goroutine?debug=1'", service.admin);
    ck_assert_int_eq(story_number(text, "^([0-9]+) @.*\n#\t.*\tmain\\.\\(\\*watcher\\)\\.run\\+"),
                     3 + REQUESTS);
    double line = story_number(text, "ticker-service/variant\\.go:([0-9]+)$");
    g_autofree char *defect = story_type(
        TEST_ROOT, NULL, "sed -n %dp scenarios/incident/ticker-service/leaky.go", (int)line);
    ck_assert_msg(strstr(defect, "LEAK:") != NULL, "line %g: %s", line, defect);
    service_end(&service);
}
END_TEST

/* The document has it in the plural. */
START_TEST(goroutines_in_the_plural_is_no_profile)
{
    struct service service;
    service_start(&service, "leaky", EXACT);
    g_autofree char *answer = story_type(
        service.folder, NULL, CURL " -w '%%{http_code}' %s/debug/pprof/goroutines", service.admin);
    ck_assert_str_eq(answer, "Unknown profile\n404");
    service_end(&service);
}
END_TEST

START_TEST(the_mended_service_has_nothing_left)
{
    struct service service;
    profile_twice(&service, "fixed");
    g_autofree char *goroutines = difference(&service, "goroutine", "-top -nodefraction=0");
    ck_assert(story_says(goroutines, "^Type: goroutine$") && !story_says(goroutines, "watcher"));
    g_autofree char *heap =
        difference(&service, "heap", "-peek 'runtime[.]malg$' -sample_index=inuse_objects");
    if (story_says(heap, "\\| +runtime\\.newproc1$")) /* the connections' own */
        ck_assert_double_lt(story_number(heap, "^ +(-?[0-9]+) .*\\| +runtime\\.newproc1$"),
                            REQUESTS / 10);
    service_end(&service);
}
END_TEST

/* ---- Temporary and permanent ---- */

static guint64 descriptors_after(const char *program, int rounds)
{
    g_autofree char *arguments = g_strdup_printf("--rounds %d", rounds);
    struct parked parked;
    struct process_facts facts;
    parked_start(&parked, program, arguments, NULL);
    ck_assert(process_facts_read(parked.pid, &facts, NULL));
    parked_end(&parked);
    return facts.descriptors;
}

START_TEST(what_is_deferred_comes_when_the_function_returns)
{
    const char *heals = "clean/trap/deferred-batch", *never = "leaky/goheap/defer-in-loop";
    guint64 week = descriptors_after(heals, 7), never_week = descriptors_after(never, 7);
    /* Within the function, one day before it returns; and at its return. */
    ck_assert_uint_eq(descriptors_after(heals, 13), week + 6 * 4);
    ck_assert_uint_eq(descriptors_after(heals, 14), week);
    ck_assert_uint_eq(descriptors_after(never, 13), never_week + 6 * 3);
    ck_assert_uint_eq(descriptors_after(never, 14), never_week + 7 * 3);
}
END_TEST

/* ---- From outside ---- */

/* Of a list of outstanding stacks: of those that a function of PROGRAM is in. */
static gint64 outstanding_in(const char *list, const char *program, const char *function)
{
    gint64 total = 0;
    g_auto(GStrv) stacks = g_strsplit(list, "@outstanding[", -1);
    for (char **stack = stacks + 1; stacks[0] != NULL && *stack != NULL; stack++) {
        char *end = strstr(*stack, "]: ");
        ck_assert_ptr_nonnull(end);
        *end = '\0';
        gint64 blocks = g_ascii_strtoll(end + strlen("]: "), NULL, 10);
        if (blocks == 0)
            continue;
        g_strdelimit(*stack, "\n", ' ');
        g_autofree char *frames = story_type("/", NULL, "addr2line -f -e %s %s", program, *stack);
        if (strstr(frames, function) != NULL)
            total += blocks;
    }
    return total;
}

static void check_outstanding(const char *variant, gint64 blocks)
{
    g_autofree char *program =
        g_strdup_printf("%s/plain/%s/cgo/map-overwrite", TEST_BUILD, variant);
    int code;
    g_autofree char *list = story_type(
        TEST_ROOT, &code, "bpftrace -c '%s --rounds 50' scenarios/cgo/map-overwrite/outstanding.bt",
        program);
    ck_assert_msg(strstr(list, "@outstanding[") != NULL, "exit %d: %.500s", code, list);
    ck_assert_int_eq(outstanding_in(list, program, "main.getMulti"), blocks);
}

/* Is it here, and does the kernel let it look at calls? */
static bool may_trace(void)
{
    static const char what[] = "C memory from outside";
    if (!story_has("bpftrace", what))
        return false;
    g_autofree char *said = story_type(
        "/", NULL, "bpftrace -c '/bin/ls /' -e 'uretprobe:libc:malloc { @calls = count(); }'");
    if (strstr(said, "@calls: ") != NULL)
        return true;
    fprintf(stderr, "not checked: %s (bpftrace: %.200s)\n", what, said);
    return false;
}

START_TEST(outstanding_blocks_by_stack_from_outside)
{
    if (!may_trace())
        return;
    check_outstanding("leaky", 200);
    check_outstanding("fixed", 0);
}
END_TEST

/* ---- The end ---- */

static const struct {
    const char *program;
    int rounds;
} limited[] = {{"incident/ticker-service", 40000}, {"incident/user-cache-pointers", 1000}};

static char *with_limit(const char *variant, int which, int *code)
{
    return story_type("/", code, "ulimit -d 200000; GOMAXPROCS=2 %s/plain/%s/%s --rounds %d",
                      TEST_BUILD, variant, limited[which].program, limited[which].rounds);
}

START_TEST(a_limit_of_its_own_and_the_runtime_says_so)
{
    int code;
    g_autofree char *starved = with_limit("leaky", _i, &code);
    ck_assert_int_eq(code, 2);
    ck_assert_msg(story_says(starved, "^fatal error: .*(out of|cannot allocate) memory"), "%.500s",
                  starved);
    g_autofree char *content = with_limit("fixed", _i, &code);
    ck_assert_msg(code == 0, "exit %d: %.500s", code, content);
}
END_TEST

/* A control group of the first version or the second, with a limit; NULL if none can be made. */
static char *limited_group(int mebibytes)
{
    static const char *const roots[][2] = {{"/sys/fs/cgroup/memory", "memory.limit_in_bytes"},
                                           {"/sys/fs/cgroup", "memory.max"}};
    g_autofree char *limit = g_strdup_printf("%d", mebibytes << 20);
    for (gsize i = 0; i < G_N_ELEMENTS(roots); i++) {
        g_autofree char *group = g_strdup_printf("%s/leakyard-test-%d", roots[i][0], (int)getpid());
        if (g_mkdir(group, 0755) != 0)
            continue;
        g_autofree char *file = g_build_filename(group, roots[i][1], NULL);
        FILE *setting = fopen(file, "r+");
        bool limited = setting != NULL && fputs(limit, setting) >= 0;
        if (setting != NULL)
            limited = fclose(setting) == 0 && limited;
        if (limited)
            return g_steal_pointer(&group);
        rmdir(group);
    }
    return NULL;
}

static char *prove_in(const char *group, const char *variant, int *code)
{
    return story_type(TEST_ROOT, code,
                      "echo $$ > %s/cgroup.procs && exec %s/leakyard prove incident/user-cache "
                      "--variant %s --flavour plain",
                      group, TEST_BUILD, variant);
}

/* The kernel's way: a signal, and no word to whoever gets it. The yard has the word. */
START_TEST(a_limit_of_its_group_and_the_yard_says_so)
{
    g_autofree char *group = limited_group(20);
    if (group == NULL) {
        fprintf(stderr, "not checked: an end for want of memory (no control group can be made)\n");
        return;
    }
    int starved_code, content_code;
    g_autofree char *starved = prove_in(group, "leaky", &starved_code);
    g_autofree char *content = prove_in(group, "fixed", &content_code);
    rmdir(group);
    ck_assert_msg(starved_code == 1 &&
                      story_says(starved, "UNPROVED: the command ended early "
                                          "\\(signal 9 \\(Killed\\), as the kernel had no memory "
                                          "left for it\\), .* round [0-9]+$"),
                  "exit %d: %s", starved_code, starved);
    ck_assert_msg(content_code == 0, "exit %d: %s", content_code, content);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("incident_001");
    TCase *cases = tcase_create("incident_001");
    if (!story_has("go", "incident 001"))
        return suite;
    tcase_set_timeout(cases, 300);
    if (story_has("curl", "the admin port of incident 001")) {
        tcase_add_test(cases, the_heap_says_that_and_the_goroutines_say_where);
        tcase_add_test(cases, memory_grows_by_more_than_the_profile_shows);
        tcase_add_test(cases, the_line_stands_in_the_profile_as_text);
        tcase_add_test(cases, goroutines_in_the_plural_is_no_profile);
        tcase_add_test(cases, the_mended_service_has_nothing_left);
    }
    tcase_add_test(cases, what_is_deferred_comes_when_the_function_returns);
    tcase_add_test(cases, outstanding_blocks_by_stack_from_outside);
    tcase_add_loop_test(cases, a_limit_of_its_own_and_the_runtime_says_so, 0,
                        G_N_ELEMENTS(limited));
    tcase_add_test(cases, a_limit_of_its_group_and_the_yard_says_so);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
