/* leakyard ablate, on scenarios that are made up and on ours in C and cgo. */
#include <string.h>

#include "command/cli.h"
#include "command/story.h"
#include "suite.h"
#include "support/tree.h"

static char *folder;

static const char *const manifest = "title: \"A parser forgets lines\"\n"
                                    "language: C\n"
                                    "resource: HEAP_BLOCK\n"
                                    "kind: LOST\n"
                                    "units_per_round: 1\n"
                                    "bytes_per_unit: 1237\n"
                                    "rounds: 10\n"
                                    "bound: 0\n"
                                    "stage { name: \"read\" title: \"lines are read\" }\n"
                                    "stage { name: \"parse\" title: \"lines are parsed\" }\n"
                                    "stage { name: \"drop\" title: \"lines are freed\" }\n";

/* What is done with a line, and whether it is lost then. */
static const char *const source =
    "#include \"yard.h\"\n"
    "#include <stdlib.h>\n"
    "\n"
    "YARD_SITE static char *line_new(void)\n"
    "{\n"
    "    return calloc(1, 1237); /* ALLOC */\n"
    "}\n"
    "\n"
    "long yard_round(void)\n"
    "{\n"
    "    char *line = line_new();\n"
    "    int read = yard_stage(\"read\"), parse = yard_stage(\"parse\");\n"
    "    int drop = yard_stage(\"drop\");\n"
    "    long value = line[0] + read + parse + drop;\n"
    "    %s\n"
    "    return value;\n"
    "}\n";

static void make_scenario(const char *leaky)
{
    g_autofree char *defect = g_strdup_printf("%s /* LEAK: here */", leaky);
    g_autofree char *variant = g_strdup_printf(source, defect);
    g_autofree char *fixed = g_strdup_printf(source, "free(line); /* FIX: free it */");
    write_file(folder, "heap/mine/scenario.txtpb", manifest);
    write_file(folder, "heap/mine/leaky.c", variant);
    write_file(folder, "heap/mine/fixed.c", fixed);
    write_file(folder, "heap/mine/notes.md", "# A parser forgets lines\n");
}

static void make_folder(void)
{
    folder = test_folder();
}

static void remove_folder(void)
{
    tree_remove(folder, NULL);
    tree_remove(TEST_BUILD "/overlays", NULL);
    g_free(folder);
}

static const struct {
    const char *leaky;
    int code;
    const char *says;
} made_up[] = {
    {"if (!parse) free(line);", 0,
     "The smallest set of stages that still leaks is parse: lines are parsed.\n"},
    {"if (!read || !drop) free(line);", 0,
     "The smallest set of stages that still leaks is read, drop: lines are read; lines are "
     "freed.\n"},
    {"(void)line;", 0, "It leaks without any of its stages: the defect is in none of them.\n"},
    {"free(line);", 1, "The whole program does not leak"},
    /* Without one stage it crashes, and what is left of the others does not tell. */
    {"if (!parse) abort();\n    if (!read) free(line);", 0,
     "The smallest set of stages that still leaks is read, parse: "},
    {"abort();", 3, ""},
};

START_TEST(the_stage_that_leaks_is_found)
{
    make_scenario(made_up[_i].leaky);
    struct cli cli;
    cli_run(&cli, "ablate", "heap/mine", "--scenarios", folder, NULL);
    ck_assert_msg(cli.code == made_up[_i].code, "exit %d: %s%s", cli.code, cli.out, cli.err);
    ck_assert_msg(strstr(cli.out, made_up[_i].says) != NULL, "%s", cli.out);
    if (strstr(made_up[_i].leaky, "abort") != NULL)
        ck_assert_ptr_nonnull(strstr(cli.out, "fails: "));
    cli_clear(&cli);
}
END_TEST

/* Incident 000 in small: copies in several buckets, and values that C keeps. */
START_TEST(a_cgo_program_is_taken_apart_too)
{
    struct cli cli;
    if (!story_has("go", "the ablation of a cgo program"))
        return;
    cli_run(&cli, "ablate", "cgo/map-overwrite", NULL);
    ck_assert_msg(cli.code == 0, "exit %d: %s%s", cli.code, cli.out, cli.err);
    ck_assert_ptr_nonnull(strstr(cli.out, "is copies, c-memory: buckets hold copies of each "
                                          "other's keys; large values live in C memory.\n"));
    cli_clear(&cli);
}
END_TEST

/* Nobody else takes stages out: what is in the caller's environment reaches no program. */
START_TEST(proofs_are_of_the_whole_program)
{
    static const char *const settings[] = {"YARD_WITHOUT=free", NULL};
    char *const line[] = {"prove", "incident/old-framework", "--flavour", "plain", NULL};
    struct cli cli;
    cli_run_with(&cli, settings, line);
    ck_assert_msg(cli.code == 0, "exit %d: %s%s", cli.code, cli.out, cli.err);
    ck_assert_ptr_nonnull(strstr(cli.out, "1000 =  1000"));
    cli_clear(&cli);
}
END_TEST

static const struct {
    char *const line[6];
    int code;
    const char *says;
} refused[] = {
    {{"ablate", NULL}, 2, "name a scenario"},
    {{"ablate", "heap/error-path", NULL}, 2, "heap/error-path declares no stages"},
    {{"ablate", "heap", NULL}, 2, "one scenario at a time"},
    {{"ablate", "no/such", NULL}, 4, "no/such"},
    {{"ablate", "incident/old-framework", "--flavour", "no-such", NULL}, 2, "no-such"},
};

START_TEST(what_cannot_be_taken_apart_is_refused)
{
    struct cli cli;
    cli_run_with(&cli, NULL, refused[_i].line);
    ck_assert_msg(cli.code == refused[_i].code, "exit %d: %s%s", cli.code, cli.out, cli.err);
    ck_assert_msg(strstr(cli.err, refused[_i].says) != NULL, "%s", cli.err);
    ck_assert_str_eq(cli.out, "");
    cli_clear(&cli);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("ablate");
    TCase *cases = tcase_create("ablate");
    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_add_loop_test(cases, the_stage_that_leaks_is_found, 0, G_N_ELEMENTS(made_up));
    tcase_add_test(cases, a_cgo_program_is_taken_apart_too);
    tcase_add_test(cases, proofs_are_of_the_whole_program);
    tcase_add_loop_test(cases, what_cannot_be_taken_apart_is_refused, 0, G_N_ELEMENTS(refused));
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
