/* Incident 002 as it was lived through: each step of its notes, with the tools they name. */
#include <stdbool.h>
#include <string.h>

#include "command/cli.h"
#include "command/story.h"
#include "suite.h"
#include "support/tree.h"

#define ID      "incident/old-framework"
#define OBJECTS TEST_BUILD "/plain/objects/leaky/" ID
#define STAGE   TEST_BUILD "/stage/leaky/" ID

static char *folder;

static void make_folder(void)
{
    folder = test_folder();
}

static void remove_folder(void)
{
    tree_remove(folder, NULL);
    g_free(folder);
}

static void need(const char *tool)
{
    g_autofree char *path = g_find_program_in_path(tool);
    ck_assert_msg(path != NULL, "%s is not installed (make setup installs it)", tool);
}

/* ---- Is it the queue? ---- */

/* By gcore and gdb. */
static int queued(const struct parked *parked)
{
    g_autofree char *said =
        story_type(folder, NULL,
                   "gcore -o core %d >gcore.txt && gdb -batch -ex 'print workers[0].queue_length + "
                   "workers[1].queue_length + workers[2].queue_length' /proc/%d/exe core.%d",
                   parked->pid, parked->pid, parked->pid);
    return (int)story_number(said, "^\\$1 = ([0-9]+)$");
}

/* A thousand items further, memory has grown by as many trails and the queue is as long as
 * it was: the blind alley is the queue. */
START_TEST(memory_grows_and_the_queue_does_not)
{
    need("gdb");
    need("gcore");
    struct parked early, late;
    parked_start(&early, "leaky/" ID, "--rounds 10", NULL);
    parked_start(&late, "leaky/" ID, "--rounds 30", NULL);
    gint64 grown = story_anonymous_kib(late.pid) - story_anonymous_kib(early.pid);
    ck_assert_msg(grown >= 9150 && grown <= 9600, "grew by %ld KiB", (long)grown);
    ck_assert_int_eq(queued(&early), 50);
    ck_assert_int_eq(queued(&late), 50);
    parked_end(&early);
    parked_end(&late);
}
END_TEST

START_TEST(the_sound_twin_does_not_grow)
{
    struct parked early, late;
    parked_start(&early, "fixed/" ID, "--rounds 10", NULL);
    parked_start(&late, "fixed/" ID, "--rounds 30", NULL);
    gint64 grown = story_anonymous_kib(late.pid) - story_anonymous_kib(early.pid);
    ck_assert_msg(grown <= 1000, "grew by %ld KiB", (long)grown);
    parked_end(&early);
    parked_end(&late);
}
END_TEST

/* ---- What memcheck says ---- */

/* All that is said to be lost, definitely or possibly, and was born in trail_new. */
static long lost_trails(const char *report)
{
    long sum = 0;
    g_autoptr(GRegex) regex = g_regex_new(
        "in ([0-9,]+) blocks are (?:definitely|possibly) lost.*\n.*malloc.*\n.*trail_new", 0, 0,
        NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(regex, report, 0, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL)) {
        g_autofree char *count = g_match_info_fetch(match, 1);
        g_auto(GStrv) groups = g_strsplit(count, ",", -1);
        g_autofree char *number = g_strjoinv("", groups);
        sum += strtol(number, NULL, 10);
    }
    return sum;
}

/* Eleven rounds of fifty items, all of which are worked off. The value that is not initialised
 * leads into the framework, whose source is right, and goes with the check; what leaks does not. */
static const struct {
    const char *build, *without;
    bool uninitialised;
    long lost;
} reports[] = {
    {"plain/leaky", "", true, 550},
    {"plain/leaky", "check", false, 550},
    {"plain/leaky", "check,consume", false, 550},
    {"plain/leaky", "free,consume", true, 0},
    {"O2/leaky", "consume", false, 550},
    {"clang-O2/leaky", "consume", false, 550},
    {"plain/fixed", "consume", false, 0},
};

START_TEST(memcheck_leads_astray_and_is_right)
{
    need("valgrind");
    g_autofree char *program = g_build_filename(TEST_BUILD, reports[_i].build, ID, NULL);
    if (g_str_has_prefix(reports[_i].build, "clang") && !g_file_test(program, G_FILE_TEST_EXISTS))
        return; /* no clang on this machine */
    g_autofree char *said = story_type(
        folder, NULL,
        "YARD_WITHOUT=%s valgrind -q --vgdb=no --child-silent-after-fork=yes --track-origins=yes "
        "--leak-check=full %s --rounds 11",
        reports[_i].without, program);
    bool jumps = strstr(said, "Conditional jump or move depends on uninitialised value") != NULL;
    bool origin = g_regex_match_simple("Uninitialised value was created by a stack allocation\n"
                                       ".*rpc_check \\(rpc\\.c:",
                                       said, 0, 0);
    ck_assert_msg(jumps == reports[_i].uninitialised && origin == jumps, "%s", said);
    ck_assert_msg(lost_trails(said) == reports[_i].lost, "%ld of %ld: %s", lost_trails(said),
                  reports[_i].lost, said);
}
END_TEST

/* ---- What nobody warned of, and who would have ---- */

/* Links what the build links, with every warning there is. */
START_TEST(no_linker_warns)
{
    static const char *const linkers[] = {"bfd", "gold"};
    need(_i == 0 ? "ld.bfd" : "ld.gold");
    g_autofree char *said = story_type(
        OBJECTS, NULL,
        "gcc -Wall -Wextra -fuse-ld=%s -Wl,--warn-common,--fatal-warnings%s -o %s/linked "
        "pipeline.o gateway.o ring.o change.pb-c.o -L. -lrpc -litem " TEST_BUILD
        "/plain/kit/kit.a -pthread $(pkg-config --libs rdkafka libprotobuf-c)",
        linkers[_i], _i == 1 ? ",--detect-odr-violations" : "", folder);
    ck_assert_str_eq(said, "");
}
END_TEST

/* Nor does the compiler, when it sees the whole program at once. */
START_TEST(link_time_optimisation_does_not_warn)
{
    g_autofree char *said = story_type(
        folder, NULL,
        "f='-std=c17 -D_GNU_SOURCE -O2 -flto -Wall -Wextra -Wlto-type-mismatch -Werror "
        "-I" TEST_ROOT "/scenarios/kit/c -I" OBJECTS " -I" STAGE "'\n"
        "gcc $f -I" STAGE "/old -c " STAGE "/rpc.c && "
        "gcc $f -I" STAGE "/new -c " STAGE "/pipeline.c " STAGE "/gateway.c " STAGE "/ring.c " STAGE
        "/new/item.c " OBJECTS "/change.pb-c.c && "
        "gcc $f -o linked *.o " TEST_BUILD
        "/plain/kit/kit.a -pthread $(pkg-config --libs rdkafka libprotobuf-c) && ./linked "
        "--rounds 2");
    ck_assert_str_eq(said, "value 142, 100 units born, 0 died\n");
}
END_TEST

static const struct {
    const char *tool, *command;
    int code;
    const char *says;
} comparisons[] = {
    {"abidiff", "abidiff " OBJECTS "/old/item.o " OBJECTS "/new/item.o", 4,
     "in unqualified underlying type 'struct item' at item.h:"},
    {"abidiff", "abidiff " OBJECTS "/new/item.o " OBJECTS "/new/item.o", 0, ""},
    {"pahole", "pahole --sizes " TEST_BUILD "/plain/leaky/" ID " 2>&1 | grep -w ^item", 0,
     "item\t24\t0\nitem\t16\t0\n"},
    {"pahole", "pahole --sizes " TEST_BUILD "/plain/fixed/" ID " 2>&1 | grep -w ^item", 0,
     "item\t24\t0\n"},
    /* Asked for one struct it shows one: the first. */
    {"pahole", "pahole -C item " TEST_BUILD "/plain/leaky/" ID " 2>&1 | grep -c 'size:'", 0, "1\n"},
    {"sh", TEST_BUILD "/leakyard layouts " TEST_BUILD "/plain/leaky/" ID, 1,
     "struct item, of item.h\n"
     "  24 bytes: key 0, content 8, trail 16\n"
     "    in old-framework/pipeline.c, old-framework/new/item.c\n"
     "  16 bytes: key 0, content 8\n"
     "    in old-framework/rpc.c\n"},
    {"sh", TEST_BUILD "/leakyard layouts " TEST_BUILD "/plain/fixed/" ID, 0, " agree on "},
};

START_TEST(the_struct_is_named)
{
    need(comparisons[_i].tool);
    int code;
    g_autofree char *said = story_type(folder, &code, "%s", comparisons[_i].command);
    ck_assert_msg(code == comparisons[_i].code && strstr(said, comparisons[_i].says) != NULL,
                  "exit %d: %s", code, said);
}
END_TEST

/* ---- The last resort ---- */

/* The row of the table that keeps STAGES. */
static void assert_row(const char *table, const char *stages, const char *verdict)
{
    g_autofree char *row = g_strdup_printf("\n  %s +%s\n", stages, verdict);
    ck_assert_msg(g_regex_match_simple(row, table, 0, 0), "no '%s' in:\n%s", row, table);
}

START_TEST(deleting_code_finds_the_free)
{
    struct cli cli;
    cli_run(&cli, "ablate", ID, NULL);
    ck_assert_msg(cli.code == 0, "exit %d: %s%s", cli.code, cli.out, cli.err);
    assert_row(cli.out, "consume, forward, queue, check, free", "50   leaks");
    assert_row(cli.out, "forward, queue, check, free", "50   leaks");
    assert_row(cli.out, "consume, queue, check, free", "50   leaks");
    assert_row(cli.out, "consume, forward, check, free", "50   leaks");
    assert_row(cli.out, "consume, forward, queue, free", "50   leaks");
    assert_row(cli.out, "consume, forward, queue, check", "0   does not leak");
    assert_row(cli.out, "\\(none\\)", "0   does not leak");
    assert_row(cli.out, "free", "50   leaks");
    ck_assert(g_str_has_suffix(cli.out, "\nThe smallest set of stages that still leaks is free: "
                                        "the framework's free of the item.\n"));
    cli_clear(&cli);
}
END_TEST

/* The author's cuts: Kafka, and then a part of the work and all that comes after it. Eleven
 * rounds; with a queue the last one's items are still in it. */
static const struct {
    const char *without, *says;
} cuts[] = {
    {"consume", "value 1375, 550 units born, 0 died\n"},
    {"forward,queue,check,free", "value 0, 550 units born, 550 died\n"},
    {"queue,check,free", "value 0, 550 units born, 550 died\n"},
    {"check,free", "value 0, 550 units born, 500 died\n"},
};

START_TEST(the_authors_cuts)
{
    g_autofree char *said =
        story_type(folder, NULL, "YARD_WITHOUT=%s " TEST_BUILD "/plain/leaky/" ID " --rounds 11",
                   cuts[_i].without);
    ck_assert_str_eq(said, cuts[_i].says);
}
END_TEST

/* ---- What is there to read ---- */

START_TEST(the_build_differs_and_the_header_grew)
{
    int code;
    g_autofree char *said = story_type(TEST_ROOT "/scenarios/" ID, &code,
                                       "grep item_of_rpc build.mk\n"
                                       "diff old/item.h new/item.h");
    ck_assert_int_eq(code, 1);
    ck_assert_msg(g_str_has_prefix(said, "item_of_rpc.leaky := old\nitem_of_rpc.fixed := new\n"),
                  "%s", said);
    ck_assert_msg(strstr(said, "\n>     char *trail; ") != NULL, "%s", said);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("incident_002");
    TCase *cases = tcase_create("incident_002");
    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_add_test(cases, memory_grows_and_the_queue_does_not);
    tcase_add_test(cases, the_sound_twin_does_not_grow);
    tcase_add_loop_test(cases, memcheck_leads_astray_and_is_right, 0, G_N_ELEMENTS(reports));
    tcase_add_loop_test(cases, no_linker_warns, 0, 2);
    tcase_add_test(cases, link_time_optimisation_does_not_warn);
    tcase_add_loop_test(cases, the_struct_is_named, 0, G_N_ELEMENTS(comparisons));
    tcase_add_test(cases, deleting_code_finds_the_free);
    tcase_add_loop_test(cases, the_authors_cuts, 0, G_N_ELEMENTS(cuts));
    tcase_add_test(cases, the_build_differs_and_the_header_grew);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
