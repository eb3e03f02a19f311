#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "suite.h"

/* Data flows one way: a stage includes only headers of the stages before it, and of
 * what serves all. Support knows nobody, schema only support; command/ may use all
 * and, with main.c, is used by nobody. */
static const char *const rooms[] = {"support", "schema", "catalog", "plan",   "run",
                                    "detect",  "judge",  "report",  "command"};

/* What plan hands to run is made of run's own plain values. */
static const char *const exceptions[] = {"plan/launch.h: run/run.h"};

/* Where PATH stands among the rooms; main.c, in none, after all of them. */
static gsize rank(const char *path)
{
    g_autofree char *room = g_strndup(path, strcspn(path, "/"));
    gsize i = 0;
    while (i < G_N_ELEMENTS(rooms) && strcmp(rooms[i], room) != 0)
        i++;
    return i;
}

static bool is_excepted(const char *file, const char *header)
{
    g_autofree char *pair = g_strdup_printf("%s: %s", file, header);
    for (gsize i = 0; i < G_N_ELEMENTS(exceptions); i++)
        if (strcmp(pair, exceptions[i]) == 0)
            return true;
    return false;
}

/* Why FILE may not include HEADER, both below harness/; NULL if it may. */
static const char *stage_objection(const char *file, const char *header)
{
    if (strchr(header, '/') == NULL)
        return g_str_has_suffix(header, ".pb-c.h") ? NULL : "it does not say which room";
    if (rank(header) == G_N_ELEMENTS(rooms))
        return "there is no such room";
    return rank(header) <= rank(file) || is_excepted(file, header) ? NULL : "a later room";
}

static bool in_room(const char *path, const char *room)
{
    gsize length = strlen(room);
    return strncmp(path, room, length) == 0 && path[length] == '/';
}

/* What reads and writes bytes, and knows no sockets: tests and fuzzers link it alone. */
static const char *const pure[] = {"memcached/protocol.", "memcached/store.", "rocketmq/frame.",
                                   "rocketmq/message."};

static bool is_pure(const char *path)
{
    for (gsize i = 0; i < G_N_ELEMENTS(pure); i++)
        if (g_str_has_prefix(path, pure[i]))
            return true;
    return false;
}

/* The same below mocks/: a mock knows the loop, and what serves all stages of the harness;
 * the loop knows no mock, and no mock another. */
static const char *mock_objection(const char *file, const char *header)
{
    g_autofree char *own = g_strndup(file, strcspn(file, "/"));
    if (strchr(header, '/') == NULL)
        return strcmp(header, "plan.pb-c.h") == 0 ? NULL : "it does not say which room";
    if (is_pure(file) && !is_pure(header))
        return "it is more than bytes";
    bool may = in_room(header, own) || in_room(header, "loop") || in_room(header, "support") ||
               in_room(header, "schema");
    return may ? NULL : "neither its own room nor one that serves all";
}

/* A folder of the checkout and its rule. */
struct tree {
    const char *folder;
    const char *(*objection)(const char *file, const char *header);
};
static const struct tree harness = {"harness", stage_objection}, mocks = {"mocks", mock_objection};

/* Adds a line for each of TEXT's #include lines that break the rule. */
static void check_text(const struct tree *tree, const char *file, const char *text, GString *broken)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        static const char directive[] = "#include \"";
        if (!g_str_has_prefix(*line, directive))
            continue;
        const char *name = *line + strlen(directive);
        g_autofree char *header = g_strndup(name, strcspn(name, "\""));
        const char *why = tree->objection(file, header);
        if (why != NULL)
            g_string_append_printf(broken, "%s includes %s: %s\n", file, header, why);
    }
}

/* Reads what is in BELOW ("" or "detect/"). Returns how many files it saw. */
static guint check_folder(const struct tree *tree, const char *below, GString *broken)
{
    g_autofree char *folder = g_build_filename(TEST_ROOT, tree->folder, below, NULL);
    g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
    ck_assert_ptr_nonnull(directory);
    guint seen = 0;
    for (const char *name; (name = g_dir_read_name(directory)) != NULL;) {
        g_autofree char *file = g_strconcat(below, name, NULL);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *deeper = g_strconcat(file, "/", NULL);
        g_autofree char *text = NULL;
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            seen += check_folder(tree, deeper, broken);
        } else if (g_str_has_suffix(name, ".c") || g_str_has_suffix(name, ".h")) {
            ck_assert(g_file_get_contents(path, &text, NULL, NULL));
            check_text(tree, file, text, broken);
            seen++;
        }
    }
    return seen;
}

START_TEST(no_stage_includes_a_later_one)
{
    g_autoptr(GString) broken = g_string_new(NULL);
    ck_assert_uint_gt(check_folder(&harness, "", broken), 100);
    ck_assert_str_eq(broken->str, "");
}
END_TEST

START_TEST(no_mock_includes_another)
{
    g_autoptr(GString) broken = g_string_new(NULL);
    ck_assert_uint_gt(check_folder(&mocks, "", broken), 10);
    ck_assert_str_eq(broken->str, "");
}
END_TEST

/* A tree, FILE, a header, may it? */
static const struct {
    const struct tree *tree;
    const char *file, *header;
    bool may;
} pairs[] = {
    {&harness, "judge/verdict.c", "judge/verdict.h", true},
    {&harness, "judge/verdict.c", "run/run.h", true},
    {&harness, "judge/verdict.c", "support/failure.h", true},
    {&harness, "detect/parse/stack.c", "detect/parse/stack.h", true},
    {&harness, "command/run.c", "report/report.h", true},
    {&harness, "main.c", "command/command.h", true},
    {&harness, "plan/launch.h", "run/run.h", true},
    {&harness, "schema/detector.h", "leakyard.pb-c.h", true},
    {&harness, "run/run.h", "detect/registry.h", false},
    {&harness, "plan/plan.h", "run/run.h", false},
    {&harness, "catalog/site.c", "plan/truth.h", false},
    {&harness, "schema/detector.h", "catalog/catalog.h", false},
    {&harness, "support/failure.h", "schema/words.h", false},
    {&harness, "report/report.c", "command/command.h", false},
    {&harness, "detect/parse/stack.c", "command/command.h", false},
    {&harness, "judge/verdict.c", "verdict.h", false},
    {&harness, "judge/verdict.c", "parse/stack.h", false},
    {&harness, "judge/verdict.c", "loop/loop.h", false},
    {&mocks, "loop/mock.c", "loop/loop.h", true},
    {&mocks, "loop/mock.c", "schema/textproto.h", true},
    {&mocks, "loop/mock.c", "rocketmq/frame.h", false},
    {&mocks, "loop/mock.c", "run/run.h", false},
    {&mocks, "rocketmq/broker.c", "rocketmq/frame.h", true},
    {&mocks, "rocketmq/broker.c", "loop/server.h", true},
    {&mocks, "rocketmq/broker.c", "plan.pb-c.h", true},
    {&mocks, "rocketmq/broker.c", "leakyard.pb-c.h", false},
    {&mocks, "rocketmq/broker.c", "memcached/protocol.h", false},
    {&mocks, "rocketmq/frame.c", "rocketmq/frame.h", true},
    {&mocks, "rocketmq/frame.c", "loop/server.h", false},
};

START_TEST(the_rule_itself)
{
    g_autofree char *text =
        g_strdup_printf("#include <glib.h>\n\n#include \"%s\"\nint x;\n", pairs[_i].header);
    g_autoptr(GString) broken = g_string_new(NULL);
    check_text(pairs[_i].tree, pairs[_i].file, text, broken);
    ck_assert_msg((broken->len == 0) == pairs[_i].may, "%s: %s", pairs[_i].file, pairs[_i].header);
}
END_TEST

static Suite *layers(void)
{
    Suite *suite = suite_create("layers");
    TCase *includes = tcase_create("includes");
    tcase_add_test(includes, no_stage_includes_a_later_one);
    tcase_add_test(includes, no_mock_includes_another);
    tcase_add_loop_test(includes, the_rule_itself, 0, G_N_ELEMENTS(pairs));
    suite_add_tcase(suite, includes);
    return suite;
}
SUITE(layers);
