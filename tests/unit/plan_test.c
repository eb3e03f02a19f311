#include "plan/plan.h"

#include <string.h>

#include "plan/truth.h"
#include "schema/message.h"
#include "suite.h"
#include "support/go_version.h"
#include "unit/catalog_fixture.h"

/* ---- A catalogue of two scenarios and three flavours ---- */

static Yard__Language c_only[] = {YARD__LANGUAGE__C};
static Yard__Language c_and_go[] = {YARD__LANGUAGE__C, YARD__LANGUAGE__CGO, YARD__LANGUAGE__GO};
static Yard__Flavour plain, optimised, sanitized;
static Yard__Scenario leak, trap;
static Yard__Scenario *scenarios[] = {&leak, &trap};
static Yard__Flavour *flavours[] = {&plain, &optimised, &sanitized};
static Yard__Catalog message;
static catalog_t catalog = {.message = &message};
static struct selection everything;

static void flavour_init(Yard__Flavour *flavour, char *name, Yard__Language *languages,
                         size_t count)
{
    yard__flavour__init(flavour);
    flavour->name = name;
    flavour->language = languages;
    flavour->n_language = count;
    flavour->compiler = "gcc";
}

static void scenario_init(Yard__Scenario *scenario, char *id, Yard__Language language)
{
    yard__scenario__init(scenario);
    scenario->id = id;
    scenario->language = language;
}

static void make_catalogue(void)
{
    flavour_init(&plain, "plain", c_and_go, G_N_ELEMENTS(c_and_go));
    plain.go = "go1.26.8";
    flavour_init(&optimised, "O2", c_only, G_N_ELEMENTS(c_only));
    static char *plain_name = "plain";
    optimised.variation_of = &plain_name;
    optimised.n_variation_of = 1;
    flavour_init(&sanitized, "lsan", c_only, G_N_ELEMENTS(c_only));
    scenario_init(&leak, "heap/one", YARD__LANGUAGE__C);
    scenario_init(&trap, "trap/two", YARD__LANGUAGE__GO);
    yard__catalog__init(&message);
    message.scenario = scenarios;
    message.n_scenario = G_N_ELEMENTS(scenarios);
    message.flavour = flavours;
    message.n_flavour = G_N_ELEMENTS(flavours);
    scratch_make();
    struct root root = scratch_root();
    catalog.homes = g_ptr_array_new_with_free_func(root_free);
    g_ptr_array_add(catalog.homes, root_copy(&root));
    root_clear(&root);
    catalog.home_of = g_hash_table_new(g_str_hash, g_str_equal);
    selection_init(&everything);
}

static void clear_catalogue(void)
{
    selection_clear(&everything);
    g_hash_table_unref(catalog.home_of);
    g_ptr_array_unref(catalog.homes);
    scratch_remove();
}

/* ---- Detectors ---- */

static const struct detector outside = {.name = "outside",
                                        .languages =
                                            BIT(YARD__LANGUAGE__C) | BIT(YARD__LANGUAGE__GO),
                                        .flavour = "plain",
                                        .passive = true};
static const struct detector onlooker = {
    .name = "onlooker", .languages = BIT(YARD__LANGUAGE__C), .flavour = "plain", .passive = true};
static const struct detector wrapper = {
    .name = "wrapper", .languages = BIT(YARD__LANGUAGE__C), .flavour = "plain"};
static const struct detector compiled = {
    .name = "compiled", .languages = BIT(YARD__LANGUAGE__C), .flavour = "lsan", .slow = true};

static const struct detector reader = {.name = "reader",
                                       .languages = BIT(YARD__LANGUAGE__C),
                                       .flavour = "plain",
                                       .looks = LOOKS_AT_SOURCE};

static const struct detector late = {
    .name = "late", .languages = BIT(YARD__LANGUAGE__GO), .flavour = "plain", .go_from = "1.25"};

enum { LATE = 5 };
static struct label labels[] = {
    {.detector = &outside, .name = "outside"}, {.detector = &onlooker, .name = "onlooker"},
    {.detector = &wrapper, .name = "wrapper"}, {.detector = &compiled, .name = "compiled"},
    {.detector = &reader, .name = "reader"},   {.detector = &late, .name = "late"},
};

/* Plans for the first COUNT labels on both scenarios, in the flavours named. */
static struct plan *plan_for(gsize first, gsize count, const char *flavour, guint repeat,
                             GError **error)
{
    g_autoptr(GPtrArray) wanted = g_ptr_array_new();
    for (gsize i = first; i < first + count; i++)
        g_ptr_array_add(wanted, &labels[i]);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    if (flavour != NULL)
        g_ptr_array_add(names, (gpointer)flavour);
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (gsize i = 0; i < G_N_ELEMENTS(scenarios); i++)
        g_ptr_array_add(all, scenarios[i]);
    struct plan_options options = {
        .labels = wanted, .flavours = names, .repeat = repeat, .seed = 7};
    return plan_make(&catalog, all, &everything, &options, error);
}

START_TEST(passive_ones_share_the_proving_run)
{
    struct plan *plan = plan_for(0, 2, NULL, 1, NULL);
    ck_assert_uint_eq(plan->judged->len, 0);
    ck_assert_uint_eq(plan->proving->len, 3); /* leaky, fixed, and the trap */
    for (guint i = 0; i < plan->proving->len; i++) {
        const struct planned_run *run = g_ptr_array_index(plan->proving, i);
        ck_assert(run->proves);
        ck_assert_uint_eq(run->labels->len, run->scenario == &leak ? 2 : 1);
        ck_assert_ptr_null(run->unsupported);
    }
    plan_free(plan);
}
END_TEST

START_TEST(who_wraps_runs_alone)
{
    struct plan *plan = plan_for(0, 4, NULL, 1, NULL);
    ck_assert_uint_eq(plan->proving->len, 5); /* plain ×3, lsan ×2 */
    ck_assert_uint_eq(plan->judged->len, 4);
    for (guint i = 0; i < plan->judged->len; i++) {
        const struct planned_run *run = g_ptr_array_index(plan->judged, i);
        const struct label *label = g_ptr_array_index(run->labels, 0);
        ck_assert_uint_eq(run->labels->len, 1);
        ck_assert(!run->proves);
        ck_assert_str_eq(run->flavour->name, label->detector->flavour);
    }
    for (guint i = 0; i < plan->proving->len; i++) { /* the trap is Go: nobody is alone there */
        const struct planned_run *run = g_ptr_array_index(plan->proving, i);
        ck_assert_int_eq(run->measured, run->scenario == &leak);
    }
    plan_free(plan);
}
END_TEST

START_TEST(slow_ones_begin)
{
    struct plan *plan = plan_for(2, 3, NULL, 1, NULL);
    static const char *const order[] = {"compiled", "compiled", "wrapper",
                                        "reader",   "wrapper",  "reader"};
    ck_assert_uint_eq(plan->judged->len, G_N_ELEMENTS(order));
    for (guint i = 0; i < plan->judged->len; i++) {
        const struct planned_run *run = g_ptr_array_index(plan->judged, i);
        ck_assert_str_eq(((struct label *)g_ptr_array_index(run->labels, 0))->name, order[i]);
    }
    plan_free(plan);
}
END_TEST

/* A run of its own, after the proof; what the program costs tells nothing of it. */
START_TEST(a_source_is_read_by_itself)
{
    struct plan *plan = plan_for(4, 1, NULL, 1, NULL);
    ck_assert_uint_eq(plan->proving->len, 2);
    ck_assert_uint_eq(plan->judged->len, 2);
    for (guint i = 0; i < plan->proving->len; i++) {
        const struct planned_run *run = g_ptr_array_index(plan->proving, i);
        ck_assert(!run->measured);
        ck_assert_uint_eq(run->labels->len, 0);
    }
    plan_free(plan);
}
END_TEST

START_TEST(a_source_is_the_same_in_every_flavour)
{
    struct plan *plan = plan_for(4, 1, "O2", 1, NULL);
    ck_assert_uint_eq(plan->proving->len + plan->judged->len, 0);
    plan_free(plan);
    plan = plan_for(4, 1, "plain", 1, NULL);
    ck_assert_uint_eq(plan->judged->len, 2);
    plan_free(plan);
}
END_TEST

START_TEST(another_flavour_takes_the_place_of_plain)
{
    struct plan *plan = plan_for(2, 2, "O2", 1, NULL);
    ck_assert_uint_eq(plan->judged->len, 2); /* the wrapper's; lsan is no variation of plain */
    for (guint i = 0; i < plan->judged->len; i++) {
        const struct planned_run *run = g_ptr_array_index(plan->judged, i);
        ck_assert_str_eq(run->flavour->name, "O2");
    }
    plan_free(plan);
}
END_TEST

START_TEST(proofs_alone_cover_every_flavour)
{
    struct plan *plan = plan_for(0, 0, NULL, 1, NULL);
    ck_assert_uint_eq(plan->proving->len, 7); /* C in three flavours, twice; the Go trap in one */
    plan_free(plan);
}
END_TEST

START_TEST(repeating_repeats_all)
{
    struct plan *plan = plan_for(0, 4, NULL, 3, NULL);
    ck_assert_uint_eq(plan->proving->len, 15);
    ck_assert_uint_eq(plan->judged->len, 12);
    plan_free(plan);
}
END_TEST

START_TEST(unknown_flavours_are_refused)
{
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(plan_for(0, 1, "O7", 1, &error));
    ck_assert_ptr_nonnull(strstr(error->message, "'O7'"));
}
END_TEST

START_TEST(an_unusable_detector_is_planned_as_unsupported)
{
    labels[2].unusable = "not installed";
    struct plan *plan = plan_for(2, 1, NULL, 1, NULL);
    ck_assert_uint_eq(plan->judged->len, 2);
    const struct planned_run *run = g_ptr_array_index(plan->judged, 0);
    ck_assert_str_eq(run->unsupported, "not installed");
    plan_free(plan);
    labels[2].unusable = NULL;
}
END_TEST

START_TEST(what_the_build_left_out_is_planned_as_unsupported)
{
    scratch_write("build/plain/leaky/heap/one.unsupported", "go mod download: no network\n");
    struct plan *plan = plan_for(2, 1, NULL, 1, NULL);
    ck_assert_uint_eq(plan->judged->len, 2);
    for (guint i = 0; i < plan->judged->len; i++) {
        const struct planned_run *run = g_ptr_array_index(plan->judged, i);
        bool left_out = run->variant == YARD__VARIANT__LEAKY;
        ck_assert_pstr_eq(run->unsupported, left_out ? "go mod download: no network" : NULL);
    }
    plan_free(plan);
}
END_TEST

/* ---- Conditions ---- */

START_TEST(go_versions_compare_by_number)
{
    ck_assert_int_lt(go_version_compare("go1.9", "1.22"), 0);
    ck_assert_int_lt(go_version_compare("1.22", "go1.22.12"), 0);
    ck_assert_int_eq(go_version_compare("go1.26.8", "1.26.8"), 0);
    ck_assert_int_gt(go_version_compare("go1.26.8", "1.26"), 0);
    ck_assert_int_gt(go_version_compare("go1.27rc1", "1.26"), 0);
    ck_assert_int_eq(go_version_compare("1.26", "1.26.0"), 0);
}
END_TEST

/* Two conditions: before 1.23, or before 1.27 with a setting. */
static void add_conditions(Yard__When conditions[2], Yard__When *pointers[2])
{
    static char *setting = "GODEBUG=asynctimerchan=1";
    yard__when__init(&conditions[0]);
    yard__when__init(&conditions[1]);
    conditions[0].go_before = "1.23";
    conditions[1].go_before = "1.27";
    conditions[1].environment = &setting;
    conditions[1].n_environment = 1;
    pointers[0] = &conditions[0];
    pointers[1] = &conditions[1];
    trap.leaks_when = pointers;
    trap.n_leaks_when = 2;
}

START_TEST(the_first_condition_that_holds_applies)
{
    Yard__When conditions[2], *pointers[2];
    add_conditions(conditions, pointers);
    const Yard__When *when;
    char *reason = NULL;
    ck_assert(truth_holds(&trap, &plain, &when, &reason));
    ck_assert_ptr_eq(when, &conditions[1]);
    plain.go = "go1.22.12";
    ck_assert(truth_holds(&trap, &plain, &when, &reason));
    ck_assert_ptr_eq(when, &conditions[0]);
    plain.go = "go1.27.1";
    ck_assert(!truth_holds(&trap, &plain, &when, &reason));
    ck_assert_ptr_nonnull(strstr(reason, "1.27"));
    ck_assert_ptr_nonnull(strstr(reason, "go1.27.1"));
    g_free(reason);
}
END_TEST

/* What is to be proved of `trap` with Go of VERSION: "-" where it is healed, then settings. */
static char *cells_with(char *version)
{
    plain.go = version;
    char *reason = NULL;
    g_autoptr(GArray) cells = truth_cells(&trap, &plain, &reason);
    ck_assert_ptr_null(reason);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < cells->len; i++) {
        const struct truth_cell *cell = &g_array_index(cells, struct truth_cell, i);
        g_autofree char *settings = truth_settings(cell->when);
        g_string_append_printf(text, "[%s%s]", cell->healed ? "-" : "+", settings);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

START_TEST(every_cell_is_proved)
{
    static char *setting = "GODEBUG=asynctimerchan=0";
    Yard__When conditions[2], *pointers[2], sound = YARD__WHEN__INIT, *sounds[] = {&sound};
    add_conditions(conditions, pointers);
    sound.go_from = "1.23";
    sound.go_before = "1.27";
    sound.environment = &setting;
    sound.n_environment = 1;
    trap.sound_when = sounds;
    trap.n_sound_when = 1;
    g_autofree char *old = cells_with("go1.22.12");
    ck_assert_str_eq(old, "[+][+GODEBUG=asynctimerchan=1]");
    g_autofree char *today = cells_with("go1.26.8");
    ck_assert_str_eq(today, "[+GODEBUG=asynctimerchan=1][-GODEBUG=asynctimerchan=0][-]");
    g_autofree char *next = cells_with("go1.27.1");
    ck_assert_str_eq(next, "[-]");
    trap.n_leaks_when = trap.n_sound_when = 0;
    g_autofree char *always = cells_with("go1.27.1");
    ck_assert_str_eq(always, "[+]");
}
END_TEST

START_TEST(a_detector_may_need_a_newer_go)
{
    static const struct {
        char *go;
        bool looks;
    } versions[] = {{"go1.26.8", true}, {"devel go1.28-1a2b3c", true}, {"go1.22.12", false}};
    for (gsize i = 0; i < G_N_ELEMENTS(versions); i++) {
        plain.go = versions[i].go;
        struct plan *plan = plan_for(LATE, 1, NULL, 1, NULL);
        ck_assert_uint_eq(plan->judged->len, 1);
        const struct planned_run *run = g_ptr_array_index(plan->judged, 0);
        ck_assert_msg((run->unsupported == NULL) == versions[i].looks, "%s: %s", versions[i].go,
                      run->unsupported ? run->unsupported : "looks");
        plan_free(plan);
    }
}
END_TEST

START_TEST(a_missing_toolchain_or_tool_is_named)
{
    const Yard__When *when;
    char *reason = NULL;
    plain.go = NULL;
    plain.missing = "Go is not installed";
    ck_assert(!truth_holds(&trap, &plain, &when, &reason));
    ck_assert_ptr_nonnull(strstr(reason, "Go is not installed"));
    g_free(reason);
    char *needs[] = {"no-such-tool-anywhere"};
    leak.needs = needs;
    leak.n_needs = 1;
    ck_assert(!truth_holds(&leak, &plain, &when, &reason));
    ck_assert_ptr_nonnull(strstr(reason, "no-such-tool-anywhere"));
    g_free(reason);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("plan");
    TCase *cases = tcase_create("plan");
    tcase_add_checked_fixture(cases, make_catalogue, clear_catalogue);
    tcase_add_test(cases, passive_ones_share_the_proving_run);
    tcase_add_test(cases, who_wraps_runs_alone);
    tcase_add_test(cases, slow_ones_begin);
    tcase_add_test(cases, a_source_is_read_by_itself);
    tcase_add_test(cases, a_source_is_the_same_in_every_flavour);
    tcase_add_test(cases, another_flavour_takes_the_place_of_plain);
    tcase_add_test(cases, proofs_alone_cover_every_flavour);
    tcase_add_test(cases, repeating_repeats_all);
    tcase_add_test(cases, unknown_flavours_are_refused);
    tcase_add_test(cases, an_unusable_detector_is_planned_as_unsupported);
    tcase_add_test(cases, what_the_build_left_out_is_planned_as_unsupported);
    tcase_add_test(cases, go_versions_compare_by_number);
    tcase_add_test(cases, the_first_condition_that_holds_applies);
    tcase_add_test(cases, every_cell_is_proved);
    tcase_add_test(cases, a_detector_may_need_a_newer_go);
    tcase_add_test(cases, a_missing_toolchain_or_tool_is_named);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
