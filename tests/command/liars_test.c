/* Detectors that lie, each in its own way, get the verdict they deserve. */
#include <string.h>

#include "command/cli.h"
#include "suite.h"
#include "support/tree.h"

struct liar {
    const char *name;
    const char *leaky, *fixed; /* verdicts */
    const char *reason;        /* part of what is said of the leaky variant */
};

static const struct liar liars[] = {
    {"always-yes", "FOUND", "FALSE_ALARM", ""},
    {"always-no", "MISSED", "CLEAN", "no finding"},
    {"wrong-place", "MISSED", "CLEAN", "elsewhere"},
    {"foreign-report", "MISSED", "CLEAN", "elsewhere"},
    {"crash-after-report", "ERROR", "ERROR", "signal 11"},
    {"empty-artefact", "ERROR", "ERROR", "findings"},
    {"exit-code-alone", "ERROR", "ERROR", "exit 9 says that there are leaks"},
    {"half-json", "ERROR", "ERROR", "findings"},
    {"negative-count", "ERROR", "ERROR", "negative"},
    {"never-ran", "ERROR", "ERROR", "ready"},
    {"forks-and-leaves", "ERROR", "ERROR", ""},
    {"kills-target", "ERROR", "ERROR", ""},
    {"hangs-in-command", "TIMEOUT", "TIMEOUT", "5 s"},
    {"hangs", "ERROR", "ERROR", "findings"},
    {"reads-path", "MISSED", "CLEAN", "no finding"},
    {"reads-source", "FOUND", "FALSE_ALARM", "possibly lost, but not how many, at variant.c:"},
    {"reader-crashes", "ERROR", "ERROR", "signal 11"},
};

START_TEST(liar)
{
    const struct liar *liar = &liars[_i];
    g_autofree char *plugin = plugin_path(liar->name);
    g_autofree char *folder = test_folder();
    g_autofree char *results = g_build_filename(folder, "results.pb", NULL);
    struct cli cli;
    cli_run(&cli, "run", "heap/error-path", "-d", plugin, "--timeout", "5", "-O", "json:-",
            "--results", results, NULL);
    ck_assert_msg(cli.code == 0 || cli.code == 1, "%s", cli.err);
    json_t *report = json_of(cli.out);
    json_t *result = result_of(report, "heap/error-path", "leaky", liar->name);
    const char *reason = json_string_value(json_object_get(result, "reason"));
    ck_assert_msg(strcmp(verdict_of(report, "heap/error-path", "leaky", liar->name), liar->leaky) ==
                      0,
                  "%s: %s: %s", liar->name,
                  verdict_of(report, "heap/error-path", "leaky", liar->name), reason);
    ck_assert_msg(
        strcmp(verdict_of(report, "heap/error-path", "fixed", liar->name), liar->fixed) == 0,
        "%s, fixed: %s", liar->name, verdict_of(report, "heap/error-path", "fixed", liar->name));
    ck_assert_msg(strstr(reason, liar->reason) != NULL, "%s: %s", liar->name, reason);
    json_decref(report);
    cli_clear(&cli);
    tree_remove(folder, NULL);
    ck_assert_uint_eq(programs_alive(), 0);
    ck_assert_uint_eq(run_folders(), 0);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("liars");
    TCase *cases = tcase_create("liars");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, liar, 0, G_N_ELEMENTS(liars));
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
