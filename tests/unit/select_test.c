#include "catalog/select.h"

#include "schema/message.h"
#include "suite.h"
#include "support/failure.h"
#include "unit/catalog_fixture.h"

/* The catalogue that everything here selects from. */
static const struct {
    const char *id;
    Yard__Language language;
    Yard__Resource resource;
    Yard__Kind kind;
    const char *tag;
} rows[] = {
    {"cgo/map-overwrite", YARD__LANGUAGE__CGO, YARD__RESOURCE__HEAP_BLOCK, YARD__KIND__LOST, NULL},
    {"goheap/unbounded-cache", YARD__LANGUAGE__GO, YARD__RESOURCE__GO_OBJECT, YARD__KIND__REACHABLE,
     "cache"},
    {"goroutine/blocked-consumer", YARD__LANGUAGE__GO, YARD__RESOURCE__GOROUTINE,
     YARD__KIND__BLOCKED, NULL},
    {"heap/error-path", YARD__LANGUAGE__C, YARD__RESOURCE__HEAP_BLOCK, YARD__KIND__LOST, NULL},
    {"heap/slow-path", YARD__LANGUAGE__C, YARD__RESOURCE__HEAP_BLOCK, YARD__KIND__LOST, "slow"},
    {"trap/plateau-cache", YARD__LANGUAGE__C, YARD__RESOURCE__HEAP_BLOCK, YARD__KIND__NOT_A_LEAK,
     "cache"},
};

static catalog_t *catalog;
static struct selection selection;

static void setup(void)
{
    catalog = g_new0(catalog_t, 1);
    catalog->message = g_new(Yard__Catalog, 1);
    yard__catalog__init(catalog->message);
    catalog->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    catalog->message->n_scenario = G_N_ELEMENTS(rows);
    catalog->message->scenario = g_new(Yard__Scenario *, G_N_ELEMENTS(rows));
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        Yard__Scenario *scenario = scenario_make(rows[i].id);
        scenario->language = rows[i].language;
        scenario->resource = rows[i].resource;
        scenario->kind = rows[i].kind;
        scenario->n_tag = rows[i].tag != NULL;
        scenario->tag = g_new(char *, 1);
        scenario->tag[0] = g_strdup(rows[i].tag);
        catalog->message->scenario[i] = scenario;
        g_hash_table_insert(catalog->by_id, scenario->id, scenario);
    }
    selection_init(&selection);
}

static void teardown(void)
{
    selection_clear(&selection);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].tag == NULL)
            g_clear_pointer(&catalog->message->scenario[i]->tag, g_free);
    catalog_free(catalog);
}

/* What is selected, ids joined by blanks. Free with g_free. */
static char *selected(GError **error)
{
    g_autoptr(GPtrArray) scenarios = selection_apply(&selection, catalog, error);
    if (scenarios == NULL)
        return NULL;
    GString *ids = g_string_new(NULL);
    for (guint i = 0; i < scenarios->len; i++) {
        const Yard__Scenario *scenario = g_ptr_array_index(scenarios, i);
        g_string_append_printf(ids, "%s%s", i ? " " : "", scenario->id);
    }
    return g_string_free(ids, false);
}

static void assert_selected(const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *ids = selected(&error);
    ck_assert_msg(ids != NULL, "%s", error ? error->message : "");
    ck_assert_str_eq(ids, expected);
}

static void assert_refused(int code, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *ids = selected(&error);
    ck_assert_ptr_null(ids);
    ck_assert_str_eq(error->message, message);
    ck_assert_int_eq(error->code, code);
}

static void add_glob(const char *glob)
{
    g_ptr_array_add(selection.globs, g_strdup(glob));
}

START_TEST(without_a_wish_everything_is_selected)
{
    g_autofree char *ids = selected(NULL);
    g_auto(GStrv) words = g_strsplit(ids, " ", -1);
    ck_assert_uint_eq(g_strv_length(words), G_N_ELEMENTS(rows));
}
END_TEST

static const struct {
    const char *glob, *selected;
} globs[] = {
    {"heap/error-path", "heap/error-path"},
    {"heap", "heap/error-path heap/slow-path"},
    {"heap/*", "heap/error-path heap/slow-path"},
    {"heap/?rror*", "heap/error-path"},
    {"go*", "goheap/unbounded-cache goroutine/blocked-consumer"},
    {"*/*cache", "goheap/unbounded-cache trap/plateau-cache"},
    {"[ct]*/*", "cgo/map-overwrite trap/plateau-cache"},
};

START_TEST(globs_match_ids_and_classes)
{
    add_glob(globs[_i].glob);
    assert_selected(globs[_i].selected);
}
END_TEST

START_TEST(globs_add_up)
{
    add_glob("trap");
    add_glob("heap/e*");
    assert_selected("heap/error-path trap/plateau-cache");
}
END_TEST

static const struct {
    const char *list, *selected;
} tag_lists[] = {
    {"cache", "goheap/unbounded-cache trap/plateau-cache"},
    {"cache,!trap", "goheap/unbounded-cache"},
    {"c,lost,!slow", "heap/error-path"},
    {" lost , !c ", "cgo/map-overwrite"},
    {"goroutine", "goroutine/blocked-consumer"},
    {"go-object", "goheap/unbounded-cache"},
    {"not-a-leak", "trap/plateau-cache"},
    {"heap", "heap/error-path heap/slow-path"},
};

START_TEST(tags_are_had_or_not)
{
    ck_assert(selection_add_tags(&selection, tag_lists[_i].list, NULL));
    assert_selected(tag_lists[_i].selected);
}
END_TEST

START_TEST(lists_of_tags_all_hold)
{
    ck_assert(selection_add_tags(&selection, "lost", NULL));
    ck_assert(selection_add_tags(&selection, "!slow", NULL));
    ck_assert(selection_add_tags(&selection, "!cgo", NULL));
    assert_selected("heap/error-path");
}
END_TEST

static const char *const bad_tags[] = {"", "a,,b", "!", "a,", "a, !"};

START_TEST(an_empty_tag_is_refused)
{
    g_autoptr(GError) error = NULL;
    ck_assert(!selection_add_tags(&selection, bad_tags[_i], &error));
    ck_assert_int_eq(error->code, EXIT_USAGE);
}
END_TEST

START_TEST(classes_and_languages_narrow)
{
    selection.class_name = g_strdup("heap");
    assert_selected("heap/error-path heap/slow-path");
    g_clear_pointer(&selection.class_name, g_free);
    selection.languages = 1u << YARD__LANGUAGE__CGO | 1u << YARD__LANGUAGE__GO;
    assert_selected("cgo/map-overwrite goheap/unbounded-cache goroutine/blocked-consumer");
}
END_TEST

START_TEST(a_variant_selects_the_scenarios_that_have_it)
{
    selection.variants = 1u << YARD__VARIANT__CLEAN;
    assert_selected("trap/plateau-cache");
    ck_assert(selection_has_variant(&selection, YARD__VARIANT__CLEAN));
    ck_assert(!selection_has_variant(&selection, YARD__VARIANT__LEAKY));
}
END_TEST

START_TEST(shards_are_disjoint_and_cover_everything)
{
    guint seen[G_N_ELEMENTS(rows)] = {0};
    for (guint shard = 1; shard <= 3; shard++) {
        g_autofree char *text = g_strdup_printf("%u/3", shard);
        ck_assert(selection_set_shard(&selection, text, NULL));
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
            seen[i] += selection_has(&selection, catalog->message->scenario[i]);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        ck_assert_uint_eq(seen[i], 1);
}
END_TEST

/* The first 16 digits of SHA-256 of "heap/error-path" are 241 modulo 1000 (sha256sum
 * says so): another hash would move scenarios between machines. */
START_TEST(a_scenario_stays_in_its_shard)
{
    add_glob("heap/error-path");
    ck_assert(selection_set_shard(&selection, "242/1000", NULL));
    assert_selected("heap/error-path");
}
END_TEST

static const char *const bad_shards[] = {"",     "1",     "0/4", "5/4",  "1/0",
                                         "-1/4", "1/4/2", "a/b", "1/4x", "1/99999999999"};

START_TEST(a_malformed_shard_is_refused)
{
    g_autoptr(GError) error = NULL;
    ck_assert(!selection_set_shard(&selection, bad_shards[_i], &error));
    ck_assert_int_eq(error->code, EXIT_USAGE);
    ck_assert_ptr_nonnull(strstr(error->message, bad_shards[_i]));
}
END_TEST

START_TEST(a_glob_without_a_match_is_named)
{
    add_glob("heap");
    add_glob("heap/eror-path");
    assert_refused(EXIT_NOTHING_SELECTED,
                   "no scenario matches 'heap/eror-path': did you mean 'heap/error-path'? "
                   "('leakyard list' shows what there is)");
}
END_TEST

START_TEST(a_class_without_a_match_is_named)
{
    add_glob("goblins");
    assert_refused(EXIT_NOTHING_SELECTED, "no scenario matches 'goblins' ('leakyard list' shows "
                                          "what there is)");
    g_ptr_array_set_size(selection.globs, 0);
    add_glob("goheep");
    assert_refused(EXIT_NOTHING_SELECTED, "no scenario matches 'goheep': did you mean 'goheap'? "
                                          "('leakyard list' shows what there is)");
    g_ptr_array_set_size(selection.globs, 0);
    selection.class_name = g_strdup("heep");
    assert_refused(EXIT_USAGE, "'heep' is none of the classes: heap, reachable, threads, "
                               "lifecycle, resource, linkage, cgo, goroutine, goheap, trap, "
                               "incident");
}
END_TEST

START_TEST(an_empty_selection_has_its_own_code)
{
    add_glob("heap");
    ck_assert(selection_add_tags(&selection, "cgo", NULL));
    assert_refused(EXIT_NOTHING_SELECTED, "no scenario is selected ('leakyard list' without "
                                          "options shows what there is)");
}
END_TEST

static Suite *suite_of_select(void)
{
    Suite *suite = suite_create("select");
    TCase *cases = tcase_create("select");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, without_a_wish_everything_is_selected);
    tcase_add_loop_test(cases, globs_match_ids_and_classes, 0, G_N_ELEMENTS(globs));
    tcase_add_test(cases, globs_add_up);
    tcase_add_loop_test(cases, tags_are_had_or_not, 0, G_N_ELEMENTS(tag_lists));
    tcase_add_test(cases, lists_of_tags_all_hold);
    tcase_add_loop_test(cases, an_empty_tag_is_refused, 0, G_N_ELEMENTS(bad_tags));
    tcase_add_test(cases, classes_and_languages_narrow);
    tcase_add_test(cases, a_variant_selects_the_scenarios_that_have_it);
    tcase_add_test(cases, shards_are_disjoint_and_cover_everything);
    tcase_add_test(cases, a_scenario_stays_in_its_shard);
    tcase_add_loop_test(cases, a_malformed_shard_is_refused, 0, G_N_ELEMENTS(bad_shards));
    tcase_add_test(cases, a_glob_without_a_match_is_named);
    tcase_add_test(cases, a_class_without_a_match_is_named);
    tcase_add_test(cases, an_empty_selection_has_its_own_code);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite_of_select);
