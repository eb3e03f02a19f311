#include "plan/sources.h"

#include <string.h>

#include "plan/launch.h"
#include "suite.h"
#include "support/failure.h"
#include "unit/catalog_fixture.h"

static Yard__Scenario go, c;
static catalog_t catalog;

static void set_up(void)
{
    scratch_make();
    struct root root = scratch_root();
    catalog.homes = g_ptr_array_new_with_free_func(root_free);
    g_ptr_array_add(catalog.homes, root_copy(&root));
    root_clear(&root);
    catalog.home_of = g_hash_table_new(g_str_hash, g_str_equal);
    yard__scenario__init(&go);
    go.id = "goroutine/table";
    go.language = YARD__LANGUAGE__GO;
    yard__scenario__init(&c);
    c.id = "heap/list";
    c.language = YARD__LANGUAGE__C;
    scratch_write("build/stage/leaky/goroutine/go.mod", "module leakyard\n");
    scratch_write("build/stage/leaky/goroutine/go.sum", "");
    scratch_write("build/stage/leaky/goroutine/kit/go/yard.go", "package yard\n");
    scratch_write("build/stage/leaky/goroutine/table/variant.go", "package main\n");
    scratch_write("build/stage/leaky/goroutine/table/below/more.h", "int x;\n");
    scratch_write("build/stage/leaky/goroutine/other/variant.go", "package main\n");
    scratch_write("build/stage/leaky/heap/list/variant.c", "int x;\n");
    scratch_write("scenarios/kit/c/yard.h", "int yard;\n");
}

static void tear_down(void)
{
    g_hash_table_unref(catalog.home_of);
    g_ptr_array_unref(catalog.homes);
    scratch_remove();
}

static void check_file(const char *module, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(module, name, NULL);
    g_autofree char *found = NULL;
    g_file_get_contents(path, &found, NULL, NULL);
    ck_assert_msg(g_strcmp0(found, text) == 0, "%s holds %s", path, found);
}

START_TEST(a_go_module_is_placed)
{
    g_autofree char *module = scratch_path("run/module");
    g_autofree char *wanted = scratch_path("run/module/table");
    g_autofree char *folder = NULL;
    ck_assert(sources_place(&catalog, &go, YARD__VARIANT__LEAKY, module, &folder, NULL));
    ck_assert_str_eq(folder, wanted);
    check_file(module, "go.mod", "module leakyard\n");
    check_file(module, "go.sum", "");
    check_file(module, "kit/go/yard.go", "package yard\n");
    check_file(module, "table/variant.go", "package main\n");
    check_file(module, "table/below/more.h", "int x;\n");
    check_file(module, "other/variant.go", NULL);
}
END_TEST

START_TEST(c_is_placed_beside_its_kit)
{
    g_autofree char *module = scratch_path("run/module");
    g_autofree char *folder = NULL;
    ck_assert(sources_place(&catalog, &c, YARD__VARIANT__LEAKY, module, &folder, NULL));
    check_file(module, "list/variant.c", "int x;\n");
    check_file(module, "kit/c/yard.h", "int yard;\n");
    check_file(module, "go.mod", NULL);
}
END_TEST

START_TEST(what_is_not_staged_is_an_error)
{
    g_autofree char *module = scratch_path("run/module");
    g_autofree char *folder = NULL;
    g_autoptr(GError) error = NULL;
    ck_assert(!sources_place(&catalog, &go, YARD__VARIANT__FIXED, module, &folder, &error));
    ck_assert_ptr_null(folder);
    ck_assert_ptr_nonnull(strstr(error->message, "goroutine/table: not staged; run make"));
}
END_TEST

/* ---- The run ---- */

static bool add_words(const struct label *label, const struct subject *subject,
                      struct launch *launch, GError **error)
{
    (void)label, (void)error;
    ck_assert_uint_eq(launch->argv->len, 0);
    g_ptr_array_add(launch->argv, g_strdup("tool"));
    g_ptr_array_add(launch->argv, g_strdup(subject->sources));
    g_ptr_array_add(launch->environment, g_strdup("CACHE=/cache"));
    return true;
}

static const struct detector reader = {
    .name = "reader", .looks = LOOKS_AT_SOURCE, .flavour = "plain", .command = add_words};

/* The scenario is made to leak by a setting that is the program's, and ends never. */
START_TEST(a_reader_is_launched)
{
    struct label label = {.detector = &reader, .name = (char *)"reader"};
    Yard__Flavour plain = YARD__FLAVOUR__INIT;
    plain.name = "plain";
    go.has_ends = true;
    go.ends = YARD__ENDING__NEVER;
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    g_ptr_array_add(labels, &label);
    struct planned_run planned = {.scenario = &go,
                                  .variant = YARD__VARIANT__LEAKY,
                                  .flavour = &plain,
                                  .repetition = 1,
                                  .labels = labels};
    struct launch_options options = {.runs = scratch(), .time_limit = 7};
    options.environment = g_strdupv((char *[]){(char *)"PATH=/bin", NULL});
    GError *error = NULL;
    struct launched *launched = launch_prepare(&catalog, &planned, false, &options, &error);
    ck_assert_msg(launched != NULL, "%s", error ? error->message : "");
    const struct run_request *request = &launched->request;
    ck_assert(request->silent && !request->census && request->observer_count == 0);
    ck_assert_int_eq(request->end_signal, 0);
    ck_assert_double_eq(request->time_limit, 7);
    ck_assert_str_eq(request->argv[0], "tool");
    ck_assert(g_str_has_prefix(request->argv[1], request->work));
    ck_assert(g_str_has_prefix(request->work, request->directory));
    ck_assert_ptr_null(strstr(request->argv[1], "/leaky/"));
    check_file(request->work, "table/variant.go", "package main\n");
    g_autofree char *typed = g_strdup_printf(
        "cd %s/build/stage/leaky/goroutine && CACHE=/cache tool ./table", scratch());
    ck_assert_str_eq(launched->command, typed);
    launched_free(launched);
    g_strfreev(options.environment);
}
END_TEST

static Suite *sources_suite(void)
{
    Suite *suite = suite_create("sources");
    TCase *cases = tcase_create("sources");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, a_go_module_is_placed);
    tcase_add_test(cases, c_is_placed_beside_its_kit);
    tcase_add_test(cases, what_is_not_staged_is_an_error);
    tcase_add_test(cases, a_reader_is_launched);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(sources_suite);
