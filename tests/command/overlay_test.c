/* Somebody's own scenarios, laid over ours. */
#include <string.h>

#include "command/cli.h"
#include "suite.h"
#include "support/tree.h"

static char *folder;

static const char *const manifest = "title: \"A parser forgets a line\"\n"
                                    "language: C\n"
                                    "resource: HEAP_BLOCK\n"
                                    "kind: LOST\n"
                                    "units_per_round: %s\n"
                                    "bytes_per_unit: 1237\n"
                                    "rounds: 100\n"
                                    "bound: 0\n";

static const char *const source = "#include \"yard.h\"\n"
                                  "#include <stdlib.h>\n"
                                  "\n"
                                  "YARD_SITE static char *line_new(void)\n"
                                  "{\n"
                                  "    yard_born(1);\n"
                                  "    return calloc(1, 1237); /* ALLOC */\n"
                                  "}\n"
                                  "\n"
                                  "long yard_round(void)\n"
                                  "{\n"
                                  "    char *line = line_new();\n"
                                  "    long value = line[0] + 1;\n"
                                  "    %s\n"
                                  "    return value;\n"
                                  "}\n";

/* A scenario heap/mine whose manifest says UNITS a round. */
static void make_overlay(const char *units)
{
    folder = test_folder();
    g_autofree char *text = g_strdup_printf(manifest, units);
    g_autofree char *leaky = g_strdup_printf(source, "/* LEAK: nobody frees the line */");
    g_autofree char *fixed =
        g_strdup_printf(source, "free(line), yard_died(1); /* FIX: free it */");
    write_file(folder, "heap/mine/scenario.txtpb", text);
    write_file(folder, "heap/mine/leaky.c", leaky);
    write_file(folder, "heap/mine/fixed.c", fixed);
    write_file(folder, "heap/mine/notes.md", "# A parser forgets a line\n");
}

static void remove_overlay(void)
{
    tree_remove(folder, NULL);
    tree_remove(TEST_BUILD "/overlays", NULL);
    g_free(folder);
}

START_TEST(a_scenario_of_ones_own_is_built_and_judged)
{
    make_overlay("1");
    g_autofree char *results = g_build_filename(folder, "results.pb", NULL);
    struct cli cli;
    cli_run(&cli, "run", "heap/mine", "--scenarios", folder, "-d", "memcheck", "-O", "json:-",
            "--results", results, NULL);
    ck_assert_msg(cli.code == 0, "%s%s", cli.out, cli.err);
    json_t *report = json_of(cli.out);
    ck_assert_str_eq(verdict_of(report, "heap/mine", "leaky", "memcheck"), "FOUND");
    ck_assert_str_eq(verdict_of(report, "heap/mine", "fixed", "memcheck"), "CLEAN");
    json_decref(report);
    cli_clear(&cli);
    cli_run(&cli, "list", "--scenarios", folder, NULL);
    ck_assert_ptr_nonnull(strstr(cli.out, "heap/error-path")); /* ours are still there */
    ck_assert_ptr_nonnull(strstr(cli.out, "heap/mine"));
    cli_clear(&cli);
    remove_overlay();
}
END_TEST

START_TEST(a_manifest_that_lies_is_unproved)
{
    make_overlay("2");
    g_autofree char *results = g_build_filename(folder, "results.pb", NULL);
    struct cli cli;
    cli_run(&cli, "prove", "heap/mine", "--scenarios", folder, NULL);
    ck_assert_int_eq(cli.code, 1);
    ck_assert_ptr_nonnull(strstr(cli.out, "50 units after 50 rounds, 100 expected"));
    cli_clear(&cli);
    cli_run(&cli, "run", "heap/mine", "heap/error-path", "--scenarios", folder, "-d", "memcheck",
            "--results", results, "-O", "json:-", NULL);
    ck_assert_int_eq(cli.code, 1);
    json_t *report = json_of(cli.out); /* judged by nobody; the rest goes on */
    size_t i;
    json_t *result;
    json_array_foreach(json_object_get(report, "results"), i, result)
        ck_assert(strcmp(json_string_value(json_object_get(result, "id")), "heap/mine") != 0);
    ck_assert_str_eq(verdict_of(report, "heap/error-path", "leaky", "memcheck"), "FOUND");
    json_decref(report);
    cli_clear(&cli);
    remove_overlay();
}
END_TEST

START_TEST(a_wrong_manifest_is_refused_with_its_place)
{
    make_overlay("many");
    struct cli cli;
    cli_run(&cli, "list", "--scenarios", folder, NULL);
    ck_assert_int_ne(cli.code, 0);
    ck_assert_msg(strstr(cli.err, "heap/mine/scenario.txtpb:5:18") != NULL, "%s", cli.err);
    cli_clear(&cli);
    g_autofree char *path = g_build_filename(folder, "heap/mine/scenario.txtpb", NULL);
    cli_run(&cli, "manifest", path, NULL);
    ck_assert_int_eq(cli.code, 2);
    ck_assert_msg(strstr(cli.err, "scenario.txtpb:5:18") != NULL, "%s", cli.err);
    cli_clear(&cli);
    remove_overlay();
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("overlay");
    TCase *cases = tcase_create("overlay");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, a_scenario_of_ones_own_is_built_and_judged);
    tcase_add_test(cases, a_manifest_that_lies_is_unproved);
    tcase_add_test(cases, a_wrong_manifest_is_refused_with_its_place);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
