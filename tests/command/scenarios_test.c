/* Every scenario's manifest and notes, and both kits by hand. */
#include <stdbool.h>
#include <string.h>

#include "command/cli.h"
#include "suite.h"

/* The paths of FILE in every scenario. */
static GPtrArray *files_named(const char *file)
{
    struct cli cli;
    cli_run(&cli, "list", "--json", NULL);
    json_t *list = json_of(cli.out), *scenario;
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    size_t i;
    json_array_foreach(list, i, scenario)
    {
        const char *id = json_string_value(json_object_get(scenario, "id"));
        g_ptr_array_add(paths, g_build_filename(TEST_ROOT, "scenarios", id, file, NULL));
    }
    ck_assert_uint_gt(paths->len, 0);
    json_decref(list);
    cli_clear(&cli);
    return paths;
}

START_TEST(every_manifest_is_sound)
{
    g_autoptr(GPtrArray) manifests = files_named("scenario.txtpb");
    for (guint i = 0; i < manifests->len; i++) {
        struct cli cli;
        cli_run(&cli, "manifest", g_ptr_array_index(manifests, i), NULL);
        ck_assert_msg(cli.code == 0 && *cli.err == '\0', "exit %d: %s", cli.code, cli.err);
        cli_clear(&cli);
    }
}
END_TEST

/* ---- Notes ---- */

/* Each part stands in the notes, in this order. */
static void check_parts(const char *path, const char *notes)
{
    bool trap = strstr(path, "/trap/") != NULL;
    const char *const parts[] = {"# ", "**Story.** ", "**Symptom.** ",
                                 trap ? "**Tell it from a leak.** " : "**Find it.** ",
                                 "**Mend it.** "};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        notes = strstr(notes, parts[i]);
        ck_assert_msg(notes != NULL, "%s has no part '%s', or not here", path, parts[i]);
    }
}

/* What a learner is told to type names files that are there, once all is built. */
static void check_commands(const char *path, const char *notes)
{
    static const char *const paths = "(?:build/(?:plain|lsan)|scenarios)/[^\\s;)]*";
    g_autoptr(GRegex) regex = g_regex_new(paths, 0, 0, NULL);
    g_auto(GStrv) lines = g_strsplit(notes, "\n", -1);
    guint commands = 0;
    for (guint i = 0; lines[i] != NULL; i++) {
        if (!g_str_has_prefix(lines[i], "    "))
            continue;
        g_autoptr(GMatchInfo) match = NULL;
        for (g_regex_match(regex, lines[i], 0, &match); g_match_info_matches(match);
             g_match_info_next(match, NULL)) {
            g_autofree char *named = g_match_info_fetch(match, 0);
            g_autofree char *file = g_str_has_prefix(named, "build/")
                                        ? g_build_filename(TEST_BUILD, strchr(named, '/'), NULL)
                                        : g_build_filename(TEST_ROOT, named, NULL);
            ck_assert_msg(g_file_test(file, G_FILE_TEST_EXISTS), "%s: there is no %s", path, named);
            commands++;
        }
    }
    ck_assert_msg(commands > 0, "%s has no command to type", path);
}

START_TEST(every_story_is_whole)
{
    g_autoptr(GPtrArray) all = files_named("notes.md");
    for (guint i = 0; i < all->len; i++) {
        const char *path = g_ptr_array_index(all, i);
        g_autofree char *notes = NULL;
        ck_assert_msg(g_file_get_contents(path, &notes, NULL, NULL), "cannot read %s", path);
        check_parts(path, notes);
        check_commands(path, notes);
    }
}
END_TEST

/* ---- By hand ---- */

static void run_by_hand(struct cli *cli, const char *class, const char *arguments)
{
    g_autofree char *line = g_strdup_printf("%s/plain/leaky/%s/blocked-consumer %s </dev/null",
                                            TEST_BUILD, class, arguments);
    char *argv[] = {"/bin/sh", "-c", line, NULL};
    int status;
    ck_assert(g_spawn_sync("/", argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &cli->out, &cli->err,
                           &status, NULL));
    ck_assert(g_spawn_check_wait_status(status, NULL) || status >> 8 == 2);
    cli->code = status >> 8;
}

static const char *const by_hand[] = {
    "--help",
    "--rounds",
    "--rounds x",
    "--rounds -1",
    "--rounds +1",
    "--rounds=",
    "--rounds 1e3",
    "--rounds 99999999999999999999",
    "--serve --hold",
    "--serve --rounds 3",
    "--hold=yes",
    "--round 3",
    "-h",
    "round",
    "--",
    "--rounds 3 more",
};

START_TEST(both_kits_refuse_alike)
{
    struct cli c, go;
    run_by_hand(&c, "threads", by_hand[_i]);
    run_by_hand(&go, "goroutine", by_hand[_i]);
    ck_assert_int_eq(c.code, go.code);
    ck_assert_int_eq(c.code, _i == 0 ? 0 : 2);
    ck_assert_str_eq(c.out, go.out);
    ck_assert_str_eq(c.err, go.err);
    ck_assert_str_ne(_i == 0 ? c.out : c.err, "");
    cli_clear(&c);
    cli_clear(&go);
}
END_TEST

static const struct {
    const char *arguments;
    int rounds;
    bool parked;
} worked[] = {{"", 100, false},
              {"--rounds 7", 7, false},
              {"--rounds=7", 7, false},
              {"--rounds 0", 0, false},
              {"--hold --rounds 3", 3, true}};

/* UNITS_PER_ROUND units were born in each round. */
static void check_work(int index, const char *class, int units_per_round)
{
    struct cli cli;
    run_by_hand(&cli, class, worked[index].arguments);
    g_autofree char *pattern = g_strdup_printf(
        "^value [0-9]+, %d units born, 0 died\n%s$", worked[index].rounds * units_per_round,
        worked[index].parked ? "process [0-9]+ is parked; press Enter to end it\n" : "");
    ck_assert_msg(g_regex_match_simple(pattern, cli.out, 0, 0), "%s: %s", pattern, cli.out);
    ck_assert_str_eq(cli.err, "");
    ck_assert_int_eq(cli.code, 0);
    cli_clear(&cli);
}

START_TEST(both_kits_work_alike)
{
    check_work(_i, "threads", 1);
    check_work(_i, "goroutine", 2);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("scenarios");
    TCase *cases = tcase_create("scenarios");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, every_manifest_is_sound);
    tcase_add_test(cases, every_story_is_whole);
    tcase_add_loop_test(cases, both_kits_refuse_alike, 0, G_N_ELEMENTS(by_hand));
    tcase_add_loop_test(cases, both_kits_work_alike, 0, G_N_ELEMENTS(worked));
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
