/* leakyard layouts, on programs of the yard and on the harness itself. */
#include <stdbool.h>
#include <string.h>

#include "command/cli.h"
#include "suite.h"

static void compare(struct cli *cli, const char *variant, const char *id)
{
    g_autofree char *program = g_build_filename(TEST_BUILD, "plain", variant, id, NULL);
    cli_run(cli, "layouts", program, NULL);
    ck_assert_str_eq(cli->err, "");
}

/* What the parts of each program do not agree on. A macro that counts from another number,
 * and a second copy of a library, leave all layouts alike. */
static const struct {
    const char *id, *type, *odd; /* NULL: they agree */
} programs[] = {
    {"incident/old-framework", "struct item, of item.h\n",
     "  16 bytes: key 0, content 8\n    in old-framework/rpc.c\n"},
    {"linkage/abi-mismatch", "struct item, of item.h\n",
     "  16 bytes: key 0, data 8\n    in abi-mismatch/framework.c\n"},
    {"linkage/changed-flag", "enum buffer_mode, of buffer.h\n",
     "  4 bytes: BUFFER_COPIES 0, BUFFER_TAKES 1\n    in changed-flag/framework.c\n"},
    {"linkage/moved-field", "struct sample, of sample.h\n",
     "  24 bytes: time 0, wave 8, tag 16\n    in moved-field/framework.c\n"},
    {"linkage/old-macro", NULL, NULL},
    {"linkage/struct-size", "struct packet, of packet.h\n",
     "  8 bytes: number 0\n    in struct-size/framework.c\n"},
    {"linkage/two-copies", NULL, NULL},
};

START_TEST(the_struct_that_differs_is_named)
{
    struct cli cli;
    compare(&cli, "leaky", programs[_i].id);
    bool differs = programs[_i].type != NULL;
    ck_assert_int_eq(cli.code, differs ? 1 : 0);
    if (differs) {
        ck_assert_msg(g_str_has_prefix(cli.out, programs[_i].type), "%s", cli.out);
        ck_assert_msg(strstr(cli.out, programs[_i].odd) != NULL, "%s", cli.out);
        ck_assert_ptr_null(strstr(strstr(cli.out, ", of ") + 1, ", of ")); /* and no other */
    }
    cli_clear(&cli);
}
END_TEST

START_TEST(of_a_sound_program_all_agree)
{
    struct cli cli;
    compare(&cli, "fixed", programs[_i].id);
    ck_assert_msg(cli.code == 0, "%s", cli.out);
    ck_assert_ptr_nonnull(strstr(cli.out, " compile units agree on "));
    cli_clear(&cli);
}
END_TEST

START_TEST(the_harness_agrees_with_itself)
{
    struct cli cli;
    cli_run(&cli, "layouts", TEST_BUILD "/leakyard", NULL);
    ck_assert_msg(cli.code == 0, "%s%s", cli.out, cli.err);
    cli_clear(&cli);
}
END_TEST

/* Before they are linked, when the mistake can still be avoided. */
START_TEST(archives_are_compared_with_each_other)
{
#define OBJECTS TEST_BUILD "/plain/objects/leaky/linkage/abi-mismatch/"
    struct cli cli;
    cli_run(&cli, "layouts", OBJECTS "libframework.a", NULL);
    ck_assert_int_eq(cli.code, 0);
    cli_clear(&cli);
    cli_run(&cli, "layouts", OBJECTS "libframework.a", OBJECTS "libitem.a", NULL);
    ck_assert_int_eq(cli.code, 1);
    ck_assert_ptr_nonnull(strstr(cli.out, "struct item, of item.h"));
    cli_clear(&cli);
}
END_TEST

START_TEST(what_cannot_be_compared_is_exit_2)
{
    char *const lines[][3] = {{"layouts", NULL},
                              {"layouts", "/no/such/program", NULL},
                              {"layouts", TEST_ROOT "/Makefile", NULL}};
    struct cli cli;
    cli_run_with(&cli, NULL, lines[_i]);
    ck_assert_int_eq(cli.code, 2);
    ck_assert_str_ne(cli.err, "");
    ck_assert_str_eq(cli.out, "");
    cli_clear(&cli);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("layouts");
    TCase *cases = tcase_create("layouts");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, the_struct_that_differs_is_named, 0, G_N_ELEMENTS(programs));
    tcase_add_loop_test(cases, of_a_sound_program_all_agree, 0, G_N_ELEMENTS(programs));
    tcase_add_test(cases, the_harness_agrees_with_itself);
    tcase_add_test(cases, archives_are_compared_with_each_other);
    tcase_add_loop_test(cases, what_cannot_be_compared_is_exit_2, 0, 3);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
