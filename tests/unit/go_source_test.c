#include "detect/go_source.h"

#include <glib/gstdio.h>
#include <string.h>

#include "detect/environment.h"
#include "detect/registry.h"
#include "detector_fixture.h"
#include "suite.h"

/* A `go` that knows where modules are, and of what a program is made: of what stands in
 * the file `made`. */
static const char go[] = "#!/bin/sh\n"
                         "case $1 in\n"
                         "env) echo /modules ;;\n"
                         "version) cat \"${0%/*}/made\" ;;\n"
                         "esac\n";

static void set_up(void)
{
    detector_set_up();
    leave("go", go, -1);
    g_autofree char *path = g_build_filename(folder, "go", NULL);
    ck_assert_int_eq(g_chmod(path, 0700), 0);
    g_autofree char *search = g_strdup_printf("%s:/usr/bin:/bin", folder);
    g_setenv("PATH", search, true);
    g_setenv("LEAKYARD_ROOT", TEST_ROOT, true);
}

/* DETECTOR, whose executable is our `go`: all that is asked of it is whether it can be run. */
static struct label *labelled(const char *detector, const char *settings)
{
    g_autofree char *text = g_strdup_printf("%s:own,exe=%s/go%s", detector, folder, settings);
    struct label *label = label_parse(text, NULL);
    ck_assert_ptr_nonnull(label);
    return label;
}

static void check_words(const struct launch *launch, const char *wanted)
{
    g_autoptr(GString) words = g_string_new(NULL);
    for (guint i = 0; i < launch->argv->len; i++) {
        const char *word = launch->argv->pdata[i];
        bool own = g_str_has_suffix(word, "/go");
        g_string_append_printf(words, "%s%s", i ? " " : "", own ? "OWN" : word);
    }
    ck_assert_str_eq(words->str, wanted);
}

static const struct {
    const char *detector, *words;
} commands[] = {
    {"vet", "OWN vet -json -lostcancel -x ./table"},
    {"staticcheck", "OWN -f=sarif -x ./table"},
};

START_TEST(tools_are_launched)
{
    struct label *label = labelled(commands[_i].detector, ",args=-x");
    struct subject subject = {.directory = folder, .sources = "/module/table"};
    struct launch launch = launch_new();
    g_ptr_array_add(launch.environment, g_strdup("GOFLAGS=-mod=mod"));
    ck_assert_msg(label->detector->command(label, &subject, &launch, &problem), "%s",
                  problem ? problem->message : "");
    check_words(&launch, commands[_i].words);
    ck_assert_str_eq(environment_get(launch.environment, "GOMODCACHE"), "/modules");
    ck_assert_str_eq(environment_get(launch.environment, "GOPROXY"), "off");
    ck_assert_str_eq(environment_get(launch.environment, "GOFLAGS"), "-mod=mod -trimpath");
    ck_assert(g_path_is_absolute(environment_get(launch.environment, "GOCACHE")));
    launch_clear(&launch);
    label_free(label);
}
END_TEST

START_TEST(another_tool_takes_the_place_of_the_analyses)
{
    struct label *label = labelled("bodyclose", "");
    struct subject subject = {.directory = folder, .sources = "/module/table"};
    struct launch launch = launch_new();
    ck_assert(label->detector->command(label, &subject, &launch, NULL));
    ck_assert_uint_eq(launch.argv->len, 5);
    ck_assert_str_eq(launch.argv->pdata[0], "go");
    g_autofree char *option = g_strdup_printf("-vettool=%s/go", folder);
    ck_assert_str_eq(launch.argv->pdata[3], option);
    launch_clear(&launch);
    label_free(label);
}
END_TEST

#define PATH_LINE "/tool: go1.26.8\n\tpath\texample.org/tools/cmd/check\n"

static const struct {
    const char *made, *version;
} makes[] = {
    {PATH_LINE "\tmod\texample.org/tools\tv0.8.2\th1:abc=\n\tdep\texample.org/too\tv1.0.0\th1:x=\n",
     "v0.8.2"},
    /* made in a module that pins it: among several the longest path holds it */
    {PATH_LINE "\tmod\tyard/tools\t(devel)\t\n\tdep\texample.org\tv3.0.0\th1:x=\n"
               "\tdep\texample.org/tools/cmd\tv0.1.0\th1:x=\n\tdep\texample.org/tools\tv2.0.0\t\n",
     "v0.1.0"},
    {PATH_LINE "\tdep\texample.org/tool\tv1.0.0\th1:x=\n", NULL},
    {"/tool: go1.26.8\n", NULL},
    {"", NULL},
};

START_TEST(the_module_tells_the_version)
{
    leave("made", makes[_i].made, -1);
    struct label *label = labelled("staticcheck", "");
    bool usable = label->detector->probe(label, &problem);
    ck_assert_int_eq(usable, makes[_i].version != NULL);
    if (usable)
        ck_assert_str_eq(label->version, makes[_i].version);
    else
        assert_said(g_steal_pointer(&problem), "was not built from a module");
    label_free(label);
}
END_TEST

/* A root where nothing was built, or where the build says why. */
START_TEST(a_tool_that_cannot_be_had_says_why)
{
    g_autofree char *scenarios = g_build_filename(folder, "scenarios", NULL);
    g_autofree char *tools = g_build_filename(folder, "build", "tools", NULL);
    ck_assert_int_eq(g_mkdir_with_parents(scenarios, 0700), 0);
    ck_assert_int_eq(g_mkdir_with_parents(tools, 0700), 0);
    g_setenv("LEAKYARD_ROOT", folder, true);
    struct label *label = label_parse("sqlclosecheck", NULL);
    label_probe(label);
    ck_assert_msg(
        g_str_has_suffix(label->unusable, "/build/tools/sqlclosecheck: not built; run make"), "%s",
        label->unusable);
    leave("build/tools/unsupported", "go mod download: no\nnetwork\n", -1);
    label_probe(label);
    ck_assert_msg(g_str_has_suffix(label->unusable, ": go mod download: no network"), "%s",
                  label->unusable);
    label_free(label);
}
END_TEST

static Suite *go_source_suite(void)
{
    Suite *suite = suite_create("go_source");
    TCase *cases = tcase_create("tools");
    tcase_add_checked_fixture(cases, set_up, detector_tear_down);
    tcase_add_loop_test(cases, tools_are_launched, 0, G_N_ELEMENTS(commands));
    tcase_add_test(cases, another_tool_takes_the_place_of_the_analyses);
    tcase_add_loop_test(cases, the_module_tells_the_version, 0, G_N_ELEMENTS(makes));
    tcase_add_test(cases, a_tool_that_cannot_be_had_says_why);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(go_source_suite);
