/* Every verb, every exit code, bad input. */
#include <string.h>

#include "command/cli.h"
#include "suite.h"
#include "support/tree.h"

static void assert_says(const char *text, const char *words)
{
    ck_assert_msg(strstr(text, words) != NULL, "'%s' is not in:\n%.600s", words, text);
}

static const char *const verbs[] = {"ablate",  "bless", "compare",  "doctor", "judge",
                                    "layouts", "list",  "manifest", "prove",  "report",
                                    "run",     "show",  "truth",    "why"};

START_TEST(help_lists_every_verb)
{
    struct cli cli;
    cli_run(&cli, "help", NULL);
    ck_assert_int_eq(cli.code, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
        g_autofree char *line = g_strdup_printf("\n  %s ", verbs[i]);
        assert_says(cli.out, line);
    }
    ck_assert_str_eq(cli.err, "");
    cli_clear(&cli);
}
END_TEST

START_TEST(every_verb_explains_itself)
{
    struct cli by_option, by_verb;
    cli_run(&by_option, verbs[_i], "--help", NULL);
    ck_assert_int_eq(by_option.code, 0);
    g_autofree char *usage = g_strdup_printf("Usage: leakyard %s", verbs[_i]);
    assert_says(by_option.out, usage);
    assert_says(by_option.out, "\nExample");
    cli_run(&by_verb, "help", verbs[_i], NULL);
    ck_assert_int_eq(by_verb.code, 0);
    ck_assert_str_eq(by_verb.out, by_option.out);
    cli_clear(&by_option);
    cli_clear(&by_verb);
}
END_TEST

START_TEST(the_version_is_told)
{
    struct cli cli;
    cli_run(&cli, "--version", NULL);
    ck_assert_int_eq(cli.code, 0);
    ck_assert(g_str_has_prefix(cli.out, "leakyard "));
    cli_clear(&cli);
}
END_TEST

START_TEST(a_mistyped_verb_is_guessed)
{
    struct cli cli;
    cli_run(&cli, "docter", NULL);
    ck_assert_int_eq(cli.code, 2);
    assert_says(cli.err, "did you mean 'doctor'?");
    cli_clear(&cli);
}
END_TEST

START_TEST(bad_usage_is_exit_2)
{
    char *const lines[][6] = {
        {"nonsense", NULL},
        {"help", "nonsense", NULL},
        {"list", "--nonsense", NULL},
        {"run", "--repeat", "0", NULL},
        {"run", "--timeout", "soon", NULL},
        {"run", "-j", "-1", NULL},
        {"run", "--language", "cobol", NULL},
        {"run", "--variant", "broken", NULL},
        {"run", "-O", "papyrus:-", NULL},
        {"run", "-O", "json:/no/such/report.json", NULL},
        {"prove", "--detector", "memcheck", NULL},
        {"doctor", "--repeat", "2", NULL},
        {"run", "heap", "--detector", "no-such-detector", NULL},
        {"run", "heap", "--flavour", "no-such-flavour", NULL},
        {"run", "heap", "--flavour", "x:colour=red", NULL},
        {"run", "--shard", "3/2", NULL},
        {"list", "--color", "sometimes", NULL},
        {"run", "--timeout", "inf", NULL},
        {"run", "heap", "--flavour", "x y:cc=gcc", NULL},
        {"list", "--scenarios", "/nonexistent", NULL},
        {"list", "--scenarios", "/proc", NULL},
        {"why", "heap/error-path", NULL},
        {"compare", "one-file-only", NULL},
        {"list", "--root", "/proc", NULL},
    };
    ck_assert_int_eq(G_N_ELEMENTS(lines), 24);
    struct cli cli;
    cli_run_with(&cli, NULL, lines[_i]);
    ck_assert_msg(cli.code == 2, "line %d (%s %s): exit %d: %s%s", _i, lines[_i][0],
                  lines[_i][1] ? lines[_i][1] : "", cli.code, cli.out, cli.err);
    ck_assert_str_ne(cli.err, "");
    ck_assert_str_eq(cli.out, "");
    cli_clear(&cli);
}
END_TEST

/* Also where the buffer is written out before the end. */
START_TEST(lost_output_is_exit_3)
{
    const char *const lines[] = {"list", "list --json", "truth", "help"};
    g_autofree char *line = g_strdup_printf(
        "sh -c '" TEST_BUILD "/leakyard %s --root " TEST_ROOT " >/dev/full'", lines[_i]);
    g_autofree char *complaint = NULL;
    int status;
    ck_assert(g_spawn_command_line_sync(line, NULL, &complaint, &status, NULL));
    ck_assert_int_eq(WEXITSTATUS(status), 3);
    ck_assert_ptr_nonnull(strstr(complaint, "leakyard: standard output: "));
}
END_TEST

START_TEST(nothing_selected_is_exit_4)
{
    char *const lines[][6] = {
        {"list", "--filter", "no-such-*", NULL},
        {"run", "heap", "--tag", "!c", NULL},
        {"prove", "--class", "heap", "--language", "go", NULL},
        {"run", "goroutine", "--detector", "memcheck", NULL},
        {"why", "heap/no-such", "memcheck", NULL},
        {"show", "heap/no-such", NULL},
    };
    ck_assert_int_eq(G_N_ELEMENTS(lines), 6);
    struct cli cli;
    cli_run_with(&cli, NULL, lines[_i]);
    ck_assert_msg(cli.code == 4, "line %d: exit %d: %s", _i, cli.code, cli.err);
    cli_clear(&cli);
}
END_TEST

START_TEST(list_knows_the_ten)
{
    const char *const ids[] = {"heap/error-path",        "threads/blocked-consumer",
                               "linkage/abi-mismatch",   "goroutine/blocked-consumer",
                               "goroutine/ticker-loop",  "goheap/dropped-ticker",
                               "goheap/unbounded-cache", "cgo/map-overwrite",
                               "trap/plateau-cache",     "trap/cgo-global"};
    struct cli cli;
    cli_run(&cli, "list", "--json", NULL);
    ck_assert_int_eq(cli.code, 0);
    json_t *list = json_of(cli.out);
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        size_t k;
        json_t *entry;
        const char *title = NULL;
        json_array_foreach(
            list, k, entry) if (strcmp(json_string_value(json_object_get(entry, "id")), ids[i]) ==
                                0) title = json_string_value(json_object_get(entry, "title"));
        ck_assert_msg(title != NULL, "%s is not listed", ids[i]);
    }
    json_decref(list);
    cli_clear(&cli);
}
END_TEST

START_TEST(truth_is_what_is_recorded)
{
    g_autofree char *recorded = NULL;
    ck_assert(g_file_get_contents(TEST_ROOT "/expected/truth.csv", &recorded, NULL, NULL));
    struct cli cli;
    cli_run(&cli, "truth", NULL);
    ck_assert_int_eq(cli.code, 0);
    ck_assert_str_eq(cli.out, recorded);
    cli_clear(&cli);
}
END_TEST

START_TEST(show_tells_the_story)
{
    struct cli cli;
    cli_run(&cli, "show", "heap/error-path", NULL);
    ck_assert_int_eq(cli.code, 0);
    assert_says(cli.out, "build/plain/leaky/heap/error-path");
    assert_says(cli.out, "leaky.c:");
    cli_clear(&cli);
}
END_TEST

START_TEST(show_says_which_server_to_start)
{
    struct cli cli;
    cli_run(&cli, "show", "incident/callback-channel", NULL);
    ck_assert_int_eq(cli.code, 0);
    assert_says(cli.out, "  server    rocketmq\n");
    assert_says(cli.out, "  in        github.com/apache/rocketmq-client-go/");
    assert_says(cli.out, "build/mocks/rocketmq --plan=");
    assert_says(cli.out, "/plan.txtpb -- ");
    cli_clear(&cli);
}
END_TEST

START_TEST(show_says_the_same_to_programs)
{
    struct cli cli;
    cli_run(&cli, "show", "--json", "heap/error-path", "incident/callback-channel", NULL);
    ck_assert_int_eq(cli.code, 0);
    json_t *pages = json_of(cli.out);
    ck_assert_uint_eq(json_array_size(pages), 2);
    const json_t *alone = json_array_get(pages, 0), *client = json_array_get(pages, 1);
    ck_assert(json_is_null(json_object_get(alone, "server")));
    ck_assert_uint_eq(json_array_size(json_object_get(alone, "upstream")), 0);
    const json_t *server = json_object_get(client, "server");
    const json_t *upstream = json_array_get(json_object_get(client, "upstream"), 0);
    ck_assert_str_eq(json_string_value(json_object_get(server, "mock")), "rocketmq");
    ck_assert_str_eq(json_string_value(json_object_get(server, "plan")), "plan.txtpb");
    assert_says(json_string_value(upstream), "github.com/apache/rocketmq-client-go/");
    json_decref(pages);
    cli_clear(&cli);
}
END_TEST

START_TEST(prove_counts)
{
    struct cli cli;
    cli_run(&cli, "prove", "heap/error-path", "--json", NULL);
    ck_assert_int_eq(cli.code, 0);
    json_t *proofs = json_of(cli.out);
    ck_assert_uint_ge(json_array_size(proofs), 8); /* two variants, four flavours */
    size_t i;
    json_t *proof;
    json_array_foreach(proofs, i, proof)
    {
        ck_assert_str_eq(json_string_value(json_object_get(proof, "status")), "PROVED");
        bool leaky = strcmp(json_string_value(json_object_get(proof, "variant")), "leaky") == 0;
        json_int_t units = json_integer_value(json_object_get(proof, "units"));
        json_int_t half = json_integer_value(json_object_get(proof, "half_units"));
        if (leaky)
            ck_assert_int_eq(units, 2 * half);
        ck_assert_int_eq(units > 0, leaky);
    }
    json_decref(proofs);
    cli_clear(&cli);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("verbs");
    TCase *cases = tcase_create("verbs");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, help_lists_every_verb);
    tcase_add_loop_test(cases, every_verb_explains_itself, 0, G_N_ELEMENTS(verbs));
    tcase_add_test(cases, the_version_is_told);
    tcase_add_test(cases, a_mistyped_verb_is_guessed);
    tcase_add_loop_test(cases, bad_usage_is_exit_2, 0, 24);
    tcase_add_loop_test(cases, lost_output_is_exit_3, 0, 4);
    tcase_add_loop_test(cases, nothing_selected_is_exit_4, 0, 6);
    tcase_add_test(cases, list_knows_the_ten);
    tcase_add_test(cases, truth_is_what_is_recorded);
    tcase_add_test(cases, show_tells_the_story);
    tcase_add_test(cases, show_says_which_server_to_start);
    tcase_add_test(cases, show_says_the_same_to_programs);
    tcase_add_test(cases, prove_counts);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
