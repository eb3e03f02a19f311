#include "detect/plugin.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "detector_fixture.h"
#include "plugin_answer.h"
#include "schema/message.h"
#include "suite.h"

#define PLUGINS TEST_ROOT "/tests/plugins/"

static struct detector *opened(const char *name)
{
    g_autofree char *path = g_strconcat(PLUGINS, name, NULL);
    GError *error = NULL;
    struct detector *detector = plugin_open(path, &error);
    ck_assert_msg(detector != NULL, "%s", error ? error->message : "");
    return detector;
}

static char *write_plugin(const char *script, int mode)
{
    char *path = g_build_filename(folder, "tool", NULL);
    g_autofree char *text = g_strconcat("#!/bin/sh\n", script, NULL);
    ck_assert(g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, mode, NULL));
    return path;
}

static char *program_argv[] = {(char *)"/program", (char *)"--rounds", (char *)"1 [0]", NULL};

START_TEST(opens_each_of_the_tests)
{
    g_autoptr(GDir) files = g_dir_open(PLUGINS, 0, NULL);
    guint count = 0;
    for (const char *name; (name = g_dir_read_name(files)) != NULL;) {
        if (g_str_has_suffix(name, ".sh"))
            continue;
        struct detector *detector = opened(name);
        ck_assert_str_eq(detector->name, name);
        ck_assert_ptr_nonnull(detector->probe);
        ck_assert_ptr_nonnull(detector->findings);
        plugin_free(detector);
        count++;
    }
    ck_assert_uint_ge(count, 15);
}
END_TEST

START_TEST(has_only_the_verbs_it_names)
{
    struct detector *silent = opened("always-no"), *all = opened("reads-path");
    ck_assert(silent->command == NULL && silent->observe == NULL);
    ck_assert(all->command != NULL && all->observe != NULL);
    plugin_free(silent);
    plugin_free(all);
}
END_TEST

START_TEST(probes_from_what_it_said)
{
    struct detector *detector = opened("counts-threads");
    struct label label = {.detector = detector, .name = (char *)"counts-threads"};
    ck_assert(detector->probe(&label, NULL));
    ck_assert_str_eq(label.version, "1.0");
    ck_assert(detector->passive && !detector->places);
    g_free(label.version);
    plugin_free(detector);
}
END_TEST

START_TEST(arguments_go_to_the_plugin)
{
    g_autofree char *path = write_plugin("[ \"$2\" = --beta ] && version=2-beta || version=1\n"
                                         "echo '{\"name\": \"x\", \"usable\": true, " CLAIMS
                                         ", " HABITS ", \"version\": \"'$version'\"}'\n",
                                         0755);
    struct detector *detector = plugin_open(path, NULL);
    char *arguments[] = {(char *)"--beta", NULL};
    struct label label = {.detector = detector, .arguments = arguments};
    ck_assert(detector->probe(&label, NULL));
    ck_assert_str_eq(label.version, "2-beta");
    label.arguments = &arguments[1];
    ck_assert(detector->probe(&label, NULL));
    ck_assert_str_eq(label.version, "1");
    g_free(label.version);
    plugin_free(detector);
}
END_TEST

START_TEST(says_why_it_is_not_usable)
{
    g_autofree char *path =
        write_plugin("echo '{\"name\": \"x\", \"usable\": false, \"reason\": \"no kernel for it\", "
                     "" CLAIMS ", " HABITS "}'\n",
                     0755);
    struct detector *detector = plugin_open(path, NULL);
    ck_assert_ptr_nonnull(detector);
    struct label label = {.detector = detector};
    GError *error = NULL;
    ck_assert(!detector->probe(&label, &error));
    ck_assert_str_eq(error->message, "no kernel for it");
    g_error_free(error);
    plugin_free(detector);
}
END_TEST

START_TEST(refuses_what_is_no_plugin)
{
    static const struct {
        const char *script;
        int mode;
        const char *reason;
    } wrong[] = {
        {"echo hello\n", 0755, "tool probe: is not JSON"},
        {"exit 0\n", 0755, "tool probe: nothing was written"},
        {"echo 'out of order' >&2; exit 3\n", 0755, "out of order"},
        {"echo '{}'\n", 0644, "is not executable"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *path = write_plugin(wrong[i].script, wrong[i].mode);
        GError *error = NULL;
        ck_assert_ptr_null(plugin_open(path, &error));
        assert_said(error, wrong[i].reason);
    }
    GError *error = NULL;
    ck_assert_ptr_null(plugin_open("./nothing-here", &error));
    assert_said(error, "there is no such plug-in");
}
END_TEST

/* The command line that plug-in NAME makes of the program's, words apart by '|'. */
static char *wrapped(const char *name)
{
    struct detector *detector = opened(name);
    struct label label = {.detector = detector};
    struct subject subject = {.directory = folder, .argv = program_argv, .errors = "stderr"};
    struct launch launch = launch_new();
    g_ptr_array_add(launch.argv, g_strdup("/program"));
    GError *error = NULL;
    bool good = detector->command(&label, &subject, &launch, &error);
    ck_assert_msg(good, "%s", error ? error->message : "");
    g_ptr_array_add(launch.argv, NULL);
    char *joined = g_strjoinv("|", (char **)launch.argv->pdata);
    launch_clear(&launch);
    plugin_free(detector);
    return joined;
}

START_TEST(wraps_the_program)
{
    g_autofree char *crash = wrapped("crash-after-report");
    ck_assert_str_eq(crash, "/bin/sh|-c|\"$@\"; kill -SEGV $$|wrapper|/program|--rounds|1 [0]");
    g_autofree char *plain = wrapped("reads-path");
    ck_assert_str_eq(plain, "/program|--rounds|1 [0]");
    g_autofree char *other = wrapped("never-ran");
    ck_assert_str_eq(other, "true");
}
END_TEST

START_TEST(observes_through_the_run_stage)
{
    struct detector *detector = opened("counts-threads");
    char *arguments[] = {(char *)"-v", NULL};
    struct label label = {.detector = detector, .arguments = arguments};
    struct moment moment = {42, "/folder", 3, 10, 301};
    struct observation observation = {0};
    ck_assert(detector->observe(&label, &moment, &observation, NULL));
    ck_assert_str_eq(observation.argv[0], PLUGINS "counts-threads");
    ck_assert_str_eq(observation.argv[1], "observe");
    ck_assert_str_eq(observation.argv[2], "-v");
    ck_assert_ptr_null(observation.argv[3]);
    ck_assert_ptr_nonnull(strstr(observation.input, "\"pid\": 42"));
    ck_assert_ptr_null(observation.agent);
    observation_clear(&observation);
    plugin_free(detector);
}
END_TEST

/* What plug-in NAME finds; NULL and *REASON if that is an error. */
static GPtrArray *found(const char *name, char **reason)
{
    struct detector *detector = opened(name);
    struct label label = {.detector = detector};
    struct subject subject = {.directory = folder, .argv = program_argv, .errors = "stderr"};
    struct ending ending = {0};
    GError *error = NULL;
    GPtrArray *findings = g_ptr_array_new_with_free_func(finding_free);
    if (!detector->findings(&label, &subject, &ending, findings, &error)) {
        *reason = g_strdup(error->message);
        g_error_free(error);
        g_clear_pointer(&findings, g_ptr_array_unref);
    }
    plugin_free(detector);
    return findings;
}

START_TEST(finds)
{
    g_autofree char *reason = NULL;
    g_autofree char *before = g_build_filename(folder, "before", NULL);
    g_autofree char *after = g_build_filename(folder, "after", NULL);
    ck_assert(g_file_set_contents(before, "2\n", -1, NULL));
    ck_assert(g_file_set_contents(after, "12\n", -1, NULL));
    g_autoptr(GPtrArray) threads = found("counts-threads", &reason);
    ck_assert_msg(threads != NULL, "%s", reason);
    ck_assert_uint_eq(threads->len, 1);
    ck_assert_int_eq(((Yard__Finding *)threads->pdata[0])->units, 10);
    g_autoptr(GPtrArray) all = found("always-yes", &reason);
    g_autoptr(GPtrArray) foreign = found("foreign-report", &reason);
    g_autoptr(GPtrArray) none = found("always-no", &reason);
    ck_assert_uint_eq(all->len, 6);
    ck_assert_uint_eq(none->len, 0);
    const Yard__Finding *first = foreign->pdata[0];
    ck_assert(first->stack_complete);
    ck_assert_str_eq(first->frame[0]->file, "elsewhere/other.c");
}
END_TEST

START_TEST(a_broken_report_is_an_error)
{
    static const char *const wrong[][2] = {
        {"empty-artefact", "empty-artefact findings: nothing was written"},
        {"half-json", "half-json findings: is not JSON"},
        {"negative-count", "negative-count findings: findings[0].units: -3 is negative"},
        {"wrong-place", "findings: "}, /* it never observed, so it has no rounds to tell */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *reason = NULL;
        ck_assert_msg(found(wrong[i][0], &reason) == NULL, "%s", wrong[i][0]);
        ck_assert_msg(strstr(reason, wrong[i][1]) != NULL, "'%s' lacks '%s'", reason, wrong[i][1]);
    }
}
END_TEST

static Suite *plugin_suite(void)
{
    Suite *suite = suite_create("plugin");
    TCase *executables = tcase_create("executables");
    tcase_set_timeout(executables, 60);
    tcase_add_checked_fixture(executables, detector_set_up, detector_tear_down);
    tcase_add_test(executables, opens_each_of_the_tests);
    tcase_add_test(executables, has_only_the_verbs_it_names);
    tcase_add_test(executables, probes_from_what_it_said);
    tcase_add_test(executables, arguments_go_to_the_plugin);
    tcase_add_test(executables, says_why_it_is_not_usable);
    tcase_add_test(executables, refuses_what_is_no_plugin);
    tcase_add_test(executables, wraps_the_program);
    tcase_add_test(executables, observes_through_the_run_stage);
    tcase_add_test(executables, finds);
    tcase_add_test(executables, a_broken_report_is_an_error);
    suite_add_tcase(suite, executables);
    return suite;
}
SUITE(plugin_suite);
