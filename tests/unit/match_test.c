#include <glib.h>

#include "judge/match.h"
#include "judge_fixture.h"
#include "schema/message.h"
#include "suite.h"

static const struct {
    const char *name, *base;
} names[] = {
    {"make", "make"},
    {"make.constprop.0.isra.0", "make"},
    {"make.part.3", "make"},
    {"make.0", "make"},
    {"make.cold", "make"},
    {"memcpy@@GLIBC_2.14", "memcpy"},
    {"main.put", "put"},
    {"main.(*table).put", "put"},
    {"main.(*table).put.func1", "put"},
    {"main.(*table).put.func1.2", "put"},
    {"main.(*table).put.func1.gowrap1", "put"},
    {"main.(*table).put-fm", "put"},
    {"main.put-range1", "put"},
    {"main.(*table[...]).put", "put"},
    {"main.put[go.shape.struct { example.org/x.y }]", "put"},
    {"main.glob..func2", "glob"},
    {"example.org/store/cache.(*Cache).Set", "Set"},
    {"main._Cfunc_strdup", "_Cfunc_strdup"},
    {"main._Cfunc_strdup.abi0", "_Cfunc_strdup"},
    {"", ""},
};

START_TEST(bases)
{
    g_autofree char *base = function_base(names[_i].name);
    ck_assert_str_eq(base, names[_i].base);
}
END_TEST

#define HERE      YARD__PLACE__IN_SCENARIO
#define ELSEWHERE YARD__PLACE__ELSEWHERE
#define UNPLACED  YARD__PLACE__UNPLACED
#define NOWHERE   YARD__LOCATED__NOWHERE
#define MODULE    YARD__LOCATED__MODULE
#define FUNCTION  YARD__LOCATED__FUNCTION
#define LINE      YARD__LOCATED__LINE

/* One frame, between malloc of libc and the kit. */
static const struct {
    const char *function, *file;
    guint line;
    bool marked_round;
    Yard__Place place;
    Yard__Located located;
} frames[] = {
    /* by line */
    {NULL, "table/variant.c", 15, false, HERE, LINE},
    {NULL, "/yard/module/table/variant.go", 60, false, HERE, LINE},
    {NULL, "table/variant.c", 25, false, HERE, MODULE},
    {NULL, "table/main.go", 3, false, HERE, MODULE},
    {NULL, "kit/go/yard.go", 15, false, ELSEWHERE, NOWHERE},
    {"table_new", "table/variant.c", 15, false, HERE, LINE},
    {"table_new", "/b/stage/table/variant.c", 10, false, HERE, LINE},
    {"yard_round", "table/variant.c", 20, false, HERE, LINE},
    {"other.constprop.0", "table/variant.c", 30, false, HERE, LINE},
    {"main.(*table).put.func1", "table/variant.go", 60, false, HERE, LINE},
    /* by name */
    {"table_new.constprop.0", "table/variant.c", 25, false, HERE, FUNCTION},
    {"table_new", "table/variant.c", 0, false, HERE, FUNCTION},
    {"table_put.isra.0", NULL, 0, false, HERE, FUNCTION},
    /* another file's function of the same name */
    {"table_new", "table/other.c", 15, false, HERE, MODULE},
    {"table_new", "/usr/src/libtable/table.c", 15, false, ELSEWHERE, NOWHERE},
    /* in the scenario, but in no marked function */
    {"table_grow", "table/variant.c", 25, false, HERE, MODULE},
    {"table_grow", "table/other.c", 0, false, HERE, MODULE},
    /* the round alone */
    {"yard_round", "table/variant.c", 75, false, ELSEWHERE, NOWHERE},
    {"yard_round.isra.0", "table/variant.c", 75, false, ELSEWHERE, NOWHERE},
    {"main.round", "table/variant.go", 75, false, ELSEWHERE, NOWHERE},
    {"main.main", "table/main.go", 9, false, ELSEWHERE, NOWHERE},
    {"main.round.func1", "table/variant.go", 76, false, HERE, MODULE},
    {"yard_round", "table/variant.c", 75, true, HERE, LINE},
    {"yard_round", NULL, 0, true, HERE, FUNCTION},
    /* cgo's stubs */
    {"_cgo_0123456789ab_Cfunc_new_item", "/go-build/cgo.c", 4, false, HERE, MODULE},
    {"_cgo_0123456789ab_C2func_new_item", NULL, 0, false, HERE, MODULE},
    {"main._Cfunc_strdup", "_cgo_gotypes.go", 70, false, HERE, MODULE},
    {"_cgo_ba9876543210_Cfunc_freeaddrinfo", "/go-build/cgo.c", 4, false, UNPLACED, NOWHERE},
    {"_cgo_ba9876543210_C2func_getaddrinfo", NULL, 0, false, UNPLACED, NOWHERE},
    {"net._Cfunc_freeaddrinfo", "_cgo_gotypes.go", 70, false, ELSEWHERE, NOWHERE},
    {"_cgo_panic", NULL, 0, false, ELSEWHERE, NOWHERE},
    /* elsewhere */
    {"regcomp", NULL, 0, false, ELSEWHERE, NOWHERE},
    {"main", "kit/yard.c", 90, false, ELSEWHERE, NOWHERE},
    {"put", "/src/variant.c", 35, false, ELSEWHERE, NOWHERE},
};

static Yard__Finding *finding_with(const Yard__Frame *frame, bool complete)
{
    Yard__Finding *finding = finding_new(YARD__CLAIM__LEAKED, YARD__RESOURCE__HEAP_BLOCK, 1, 24);
    finding_add_frame(finding, frame_new("malloc", NULL, 0, "/lib/libc.so.6"));
    if (frame != NULL)
        finding_add_frame(finding,
                          frame_new(frame->function, frame->file, frame->line, frame->module));
    finding_add_frame(finding, frame_new("do_rounds", "kit/yard.c", 33, NULL));
    finding->has_stack_complete = true;
    finding->stack_complete = complete;
    return finding;
}

START_TEST(places)
{
    g_autoptr(sites_t) sites = frames[_i].marked_round ? fixture_sites_round() : fixture_sites();
    Yard__Frame frame = YARD__FRAME__INIT;
    frame.function = (char *)frames[_i].function;
    frame.file = (char *)frames[_i].file;
    frame.line = frames[_i].line;
    Yard__Finding *finding = finding_with(&frame, true);
    finding_place(finding, sites);
    ck_assert(finding->has_place && finding->has_located);
    ck_assert_msg(finding->place == frames[_i].place && finding->located == frames[_i].located,
                  "%s %s:%u is place %d, located %d", frame.function, frame.file ? frame.file : "-",
                  frame.line, finding->place, finding->located);
    yard__finding__free_unpacked(finding, NULL);
}
END_TEST

/* A program without symbols: its own stubs can't be told from others'. */
START_TEST(any_stub_without_symbols)
{
    g_autoptr(sites_t) sites = fixture_sites();
    g_clear_pointer(&sites->stubs, g_free);
    Yard__Frame frame = YARD__FRAME__INIT;
    frame.function = "_cgo_ba9876543210_Cfunc_freeaddrinfo";
    Yard__Finding *finding = finding_with(&frame, true);
    finding_place(finding, sites);
    ck_assert_int_eq(finding->place, HERE);
    yard__finding__free_unpacked(finding, NULL);
}
END_TEST

START_TEST(cut_stack_is_unplaced)
{
    g_autoptr(sites_t) sites = fixture_sites();
    Yard__Finding *finding = finding_with(NULL, false);
    finding_place(finding, sites);
    ck_assert_int_eq(finding->place, UNPLACED);
    ck_assert_int_eq(finding->located, NOWHERE);
    finding->has_stack_complete = false; /* nobody said so */
    finding->stack_complete = true;
    finding_place(finding, sites);
    ck_assert_int_eq(finding->place, UNPLACED);
    yard__finding__free_unpacked(finding, NULL);
}
END_TEST

START_TEST(no_frames_are_unplaced)
{
    g_autoptr(sites_t) sites = fixture_sites();
    Yard__Finding *finding = finding_new(YARD__CLAIM__LEAKED, YARD__RESOURCE__MEMORY, -1, 24);
    finding->has_stack_complete = finding->stack_complete = true;
    finding_place(finding, sites);
    ck_assert_int_eq(finding->place, UNPLACED);
    yard__finding__free_unpacked(finding, NULL);
}
END_TEST

static const struct {
    const char *function;
    Yard__Located located;
} upstream_frames[] = {
    {"example.org/mq/client.Open", FUNCTION},
    {"example.org/mq/client.Open.func2", FUNCTION},
    {"example.org/mq/client.OpenAll", NOWHERE},
    {"example.org/mq/client.Close", NOWHERE},
    {"client.Open", NOWHERE},
};

START_TEST(a_module_may_have_the_defect)
{
    g_autoptr(sites_t) sites = fixture_sites();
    char *functions[] = {(char *)"example.org/mq/client.Open"};
    Yard__Scenario scenario = YARD__SCENARIO__INIT;
    scenario.upstream = functions;
    scenario.n_upstream = 1;
    sites_add_upstream(sites, &scenario);
    Yard__Frame frame = YARD__FRAME__INIT;
    frame.function = (char *)upstream_frames[_i].function;
    frame.file = (char *)"example.org/mq@v1.2.3/client/client.go";
    frame.has_line = true;
    frame.line = 220;
    Yard__Finding *finding = finding_with(&frame, true);
    finding_place(finding, sites);
    ck_assert_int_eq(finding->located, upstream_frames[_i].located);
    ck_assert_int_eq(finding->place, upstream_frames[_i].located == FUNCTION ? HERE : ELSEWHERE);
    yard__finding__free_unpacked(finding, NULL);
}
END_TEST

/* A stripped program's own addresses place nothing; a library's do. */
START_TEST(nameless_addresses)
{
    g_autoptr(sites_t) sites = fixture_sites();
    Yard__Frame own = YARD__FRAME__INIT, library = YARD__FRAME__INIT;
    own.module = "/run/program";
    library.module = "/lib/x86_64-linux-gnu/libz.so.1";
    Yard__Finding *stripped = finding_with(&own, true), *placed = finding_with(&library, true);
    finding_place(stripped, sites);
    finding_place(placed, sites);
    ck_assert_int_eq(stripped->place, UNPLACED);
    ck_assert_int_eq(placed->place, ELSEWHERE);
    yard__finding__free_unpacked(stripped, NULL);
    yard__finding__free_unpacked(placed, NULL);
}
END_TEST

START_TEST(best_frame_wins)
{
    g_autoptr(sites_t) sites = fixture_sites();
    Yard__Finding *finding = finding_with(NULL, false);
    finding_add_frame(finding, frame_new("table_grow", "table/variant.c", 25, NULL));
    finding_add_frame(finding, frame_new("table_new", "table/variant.c", 15, NULL));
    finding_add_frame(finding, frame_new("table_put", "table/variant.c", 35, NULL));
    Yard__Located located;
    const Yard__Frame *frame = finding_frame(finding, sites, &located);
    ck_assert_int_eq(located, LINE);
    ck_assert_str_eq(frame->function, "table_new");
    yard__finding__free_unpacked(finding, NULL);
}
END_TEST

static Suite *match_suite(void)
{
    Suite *suite = suite_create("match");
    TCase *tests = tcase_create("places");
    tcase_add_loop_test(tests, bases, 0, G_N_ELEMENTS(names));
    tcase_add_loop_test(tests, places, 0, G_N_ELEMENTS(frames));
    tcase_add_test(tests, any_stub_without_symbols);
    tcase_add_test(tests, cut_stack_is_unplaced);
    tcase_add_test(tests, no_frames_are_unplaced);
    tcase_add_loop_test(tests, a_module_may_have_the_defect, 0, G_N_ELEMENTS(upstream_frames));
    tcase_add_test(tests, nameless_addresses);
    tcase_add_test(tests, best_frame_wins);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE(match_suite);
