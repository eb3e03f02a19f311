#include "catalog/catalog.h"

#include "schema/message.h"
#include "suite.h"
#include "support/failure.h"
#include "unit/catalog_fixture.h"

#define MANY 10000

/* Writes COUNT scenarios with these ids, in this order. */
static void write_catalog(const char *const *ids, gsize count)
{
    Yard__Catalog catalog = YARD__CATALOG__INIT;
    Yard__Flavour flavour = YARD__FLAVOUR__INIT, *flavours[] = {&flavour};
    flavour.name = (char *)"plain";
    catalog.n_flavour = 1;
    catalog.flavour = flavours;
    g_autoptr(GPtrArray) scenarios = g_ptr_array_new();
    for (gsize i = 0; i < count; i++)
        g_ptr_array_add(scenarios, scenario_make(ids[i]));
    catalog.n_scenario = count;
    catalog.scenario = (Yard__Scenario **)scenarios->pdata;
    scratch_write_catalog(&catalog);
    for (gsize i = 0; i < count; i++)
        yard__scenario__free_unpacked(catalog.scenario[i], NULL);
}

static catalog_t *read_catalog(GError **error)
{
    struct root root = scratch_root();
    catalog_t *catalog = catalog_read(&root, error);
    root_clear(&root);
    return catalog;
}

START_TEST(scenarios_are_sorted_and_found)
{
    const char *const ids[] = {"trap/plateau-cache", "heap/b", "cgo/map-overwrite", "heap/a"};
    write_catalog(ids, G_N_ELEMENTS(ids));
    g_autoptr(catalog_t) catalog = read_catalog(NULL);
    ck_assert_ptr_nonnull(catalog);
    ck_assert_uint_eq(catalog->message->n_scenario, 4);
    ck_assert_str_eq(catalog->message->scenario[0]->id, "cgo/map-overwrite");
    ck_assert_str_eq(catalog->message->scenario[3]->id, "trap/plateau-cache");
    ck_assert_ptr_eq(catalog_scenario(catalog, "heap/b"), catalog->message->scenario[2]);
    ck_assert_ptr_null(catalog_scenario(catalog, "heap/c"));
    ck_assert_str_eq(catalog_flavour(catalog, "plain")->name, "plain");
    ck_assert_ptr_null(catalog_flavour(catalog, "O2"));
}
END_TEST

START_TEST(ids_have_a_class_and_a_name)
{
    Yard__Scenario *scenario = scenario_make("heap/error-path");
    g_autofree char *class_name = scenario_class(scenario);
    ck_assert_str_eq(class_name, "heap");
    Yard__Variant variants[2];
    ck_assert_uint_eq(scenario_variants(scenario, variants), 2);
    ck_assert_int_eq(variants[0], YARD__VARIANT__LEAKY);
    ck_assert_int_eq(variants[1], YARD__VARIANT__FIXED);
    message_set_string(&scenario->id, "trap/plateau-cache");
    ck_assert_uint_eq(scenario_variants(scenario, variants), 1);
    ck_assert_int_eq(variants[0], YARD__VARIANT__CLEAN);
    yard__scenario__free_unpacked(scenario, NULL);
}
END_TEST

START_TEST(ten_thousand_scenarios_come_back_whole)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < MANY; i++) /* 7919 is prime: every number, none in its place */
        g_ptr_array_add(ids, g_strdup_printf("heap/number-%05u", i * 7919 % MANY));
    write_catalog((const char *const *)ids->pdata, MANY);
    g_autoptr(catalog_t) catalog = read_catalog(NULL);
    ck_assert_uint_eq(catalog->message->n_scenario, MANY);
    for (guint i = 0; i < MANY; i++) {
        g_autofree char *id = g_strdup_printf("heap/number-%05u", i);
        ck_assert_str_eq(catalog->message->scenario[i]->id, id);
        ck_assert_ptr_eq(catalog_scenario(catalog, id), catalog->message->scenario[i]);
    }
}
END_TEST

START_TEST(an_empty_catalogue_is_one)
{
    write_catalog(NULL, 0);
    g_autoptr(catalog_t) catalog = read_catalog(NULL);
    ck_assert_ptr_nonnull(catalog);
    ck_assert_uint_eq(catalog->message->n_scenario, 0);
}
END_TEST

START_TEST(a_duplicate_id_is_refused)
{
    const char *const ids[] = {"heap/a", "heap/b", "heap/a"};
    write_catalog(ids, G_N_ELEMENTS(ids));
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(read_catalog(&error));
    ck_assert_ptr_nonnull(strstr(error->message, "two scenarios have the id heap/a;"));
}
END_TEST

START_TEST(without_a_catalogue_it_says_run_make)
{
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(read_catalog(&error));
    ck_assert_int_eq(error->code, EXIT_INFRASTRUCTURE);
    ck_assert(g_str_has_suffix(error->message, "; run make"));
}
END_TEST

START_TEST(a_damaged_catalogue_is_refused)
{
    scratch_write("build/catalog.pb", "no protobuf at all");
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(read_catalog(&error));
    ck_assert(g_str_has_suffix(error->message, "catalog.pb: damaged; run 'make clean all'"));
    g_clear_error(&error);
    scratch_write("build/catalog.pb", "\n\x03\x12\x01x"); /* a scenario with a title only */
    ck_assert_ptr_null(read_catalog(&error));
    ck_assert_ptr_nonnull(strstr(error->message, "a scenario without an id"));
}
END_TEST

static Suite *catalog(void)
{
    Suite *suite = suite_create("catalog");
    TCase *reading = tcase_create("reading");
    tcase_add_checked_fixture(reading, scratch_make, scratch_remove);
    tcase_add_test(reading, scenarios_are_sorted_and_found);
    tcase_add_test(reading, ids_have_a_class_and_a_name);
    tcase_add_test(reading, ten_thousand_scenarios_come_back_whole);
    tcase_add_test(reading, an_empty_catalogue_is_one);
    tcase_add_test(reading, a_duplicate_id_is_refused);
    tcase_add_test(reading, without_a_catalogue_it_says_run_make);
    tcase_add_test(reading, a_damaged_catalogue_is_refused);
    suite_add_tcase(suite, reading);
    return suite;
}
SUITE(catalog);
