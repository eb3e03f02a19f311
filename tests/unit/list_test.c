/* The verbs that show the catalogue: list, show, truth, manifest. */
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

#include "catalog/catalog.h"
#include "command/command.h"
#include "suite.h"
#include "support/failure.h"
#include "unit/catalog_fixture.h"

/* Runs `leakyard WORDS --root scratch()`; returns its exit code and what it wrote to
 * DESCRIPTOR. The error's text, if any, goes to *FAILURE_TEXT, if not NULL. */
static int run(const char *words, int descriptor, char **output, char **failure_text)
{
    g_autofree char *line = g_strdup_printf("%s --root %s", words, scratch());
    g_auto(GStrv) argv = g_strsplit(line, " ", -1);
    g_autofree char *path = scratch_path("output");
    g_autoptr(GPtrArray) commands = commands_all();
    g_autoptr(GError) error = NULL;
    int code = -1;
    fflush(NULL);
    int kept = dup(descriptor), file = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0666);
    dup2(file, descriptor);
    for (guint i = 0; i < commands->len; i++) {
        const struct command *command = g_ptr_array_index(commands, i);
        if (strcmp(command->name, argv[0]) == 0)
            code = command->run((int)g_strv_length(argv), argv, &error);
    }
    fflush(NULL);
    dup2(kept, descriptor);
    close(file);
    close(kept);
    ck_assert(g_file_get_contents(path, output, NULL, NULL));
    if (failure_text != NULL)
        *failure_text = g_strdup(error ? error->message : "");
    return error ? error->code : code;
}

static void assert_output(const char *words, const char *expected)
{
    g_autofree char *output = NULL, *failure_text = NULL;
    int code = run(words, STDOUT_FILENO, &output, &failure_text);
    ck_assert_str_eq(failure_text, "");
    ck_assert_int_eq(code, EXIT_AS_EXPECTED);
    ck_assert_str_eq(output, expected);
}

/* What `leakyard WORDS` prints, as JSON. Free with json_decref. */
static json_t *run_json(const char *words)
{
    g_autofree char *output = NULL;
    ck_assert_int_eq(run(words, STDOUT_FILENO, &output, NULL), EXIT_AS_EXPECTED);
    json_t *json = json_loads(output, 0, NULL);
    ck_assert_ptr_nonnull(json);
    return json;
}

static char *strings[] = {(char *)"GODEBUG=asynctimerchan=1,x=2"};
static char *tags[] = {(char *)"timer"};
static char *hints[] = {(char *)"Look at the channel."};

static void fill_ticker(Yard__Scenario *ticker, Yard__When **conditions)
{
    ticker->language = YARD__LANGUAGE__GO;
    ticker->resource = YARD__RESOURCE__GO_OBJECT;
    ticker->leaks_when = conditions;
    ticker->n_leaks_when = 2;
    ticker->tag = tags;
    ticker->n_tag = 1;
    ticker->hint = hints;
    ticker->n_hint = 1;
    ticker->bytes_per_unit = 208;
    ticker->units_per_round = 2;
    ticker->rounds = 20;
}

static void fill_plain(Yard__Flavour *plain, const char *go)
{
    static Yard__Language languages[] = {YARD__LANGUAGE__C, YARD__LANGUAGE__GO};
    plain->name = (char *)"plain";
    plain->language = languages;
    plain->n_language = G_N_ELEMENTS(languages);
    plain->compiler = (char *)"gcc 12.2.0";
    plain->go = (char *)go;
}

static void write_sources(void)
{
    scratch_write("scenarios/heap/error-path/leaky.c",
                  "static void *parse(void)\n{\n    return malloc(3); /* ALLOC */\n}\n"
                  "long yard_round(void)\n{\n    return 1; /* LEAK: no free */\n}\n");
    scratch_write("scenarios/heap/error-path/fixed.c",
                  "static void *parse(void)\n{\n    return malloc(3); /* ALLOC */\n}\n"
                  "long yard_round(void)\n{\n    return 1; /* FIX: frees */\n}\n");
    scratch_write("scenarios/heap/error-path/notes.md", "A parser gives up early.\n");
    scratch_write("scenarios/goheap/ticker/main.go", "package main\n\nfunc keep() {} // ALLOC\n");
    scratch_write("scenarios/goheap/ticker/leaky.go", "package main\n\nfunc drop() {} // LEAK\n");
    scratch_write("scenarios/goheap/ticker/fixed.go", "package main\n\nfunc drop() {} // FIX\n");
    scratch_write("scenarios/goheap/ticker/notes.md", "It ticks.");
    scratch_write("scenarios/trap/plateau/clean.c", "int kept; /* ALLOC */\n");
    scratch_write("scenarios/trap/plateau/notes.md", "It fills.\n");
}

/* The catalogue of a machine with the Go version GO. */
static void write_catalog(const char *go)
{
    Yard__When old = YARD__WHEN__INIT, new = YARD__WHEN__INIT;
    old.go_before = (char *)"1.23"; /* the first condition, but not the one that holds */
    new.go_from = (char *)"1.23";
    new.go_before = (char *)"1.27";
    new.environment = strings;
    new.n_environment = 1;
    Yard__When *conditions[] = {&old, &new};
    Yard__Scenario *heap = scenario_make("heap/error-path"), ticker = *heap, trap = *heap;
    ticker.id = (char *)"goheap/ticker";
    fill_ticker(&ticker, conditions);
    trap.id = (char *)"trap/plateau";
    trap.kind = YARD__KIND__NOT_A_LEAK;
    trap.has_units_per_round = false;
    trap.units_per_round = 0;
    trap.has_bound = true;
    trap.bound = 16;
    Yard__Scenario *scenarios[] = {heap, &ticker, &trap};
    ticker.has_bytes_per_unit = true;
    Yard__Catalog catalog = YARD__CATALOG__INIT;
    Yard__Flavour plain = YARD__FLAVOUR__INIT, *flavours[] = {&plain};
    fill_plain(&plain, go);
    catalog.n_flavour = 1;
    catalog.flavour = flavours;
    catalog.n_scenario = G_N_ELEMENTS(scenarios);
    catalog.scenario = scenarios;
    scratch_write_catalog(&catalog);
    yard__scenario__free_unpacked(heap, NULL);
}

static void setup(void)
{
    scratch_make();
    write_sources();
    write_catalog("go1.26.8");
}

START_TEST(list_is_a_table_of_contents)
{
    assert_output(
        "list --color never",
        "goheap — Go memory that the collector may not take\n"
        "  goheap/ticker    go  LOST        go-object   An early return skips the free\n"
        "\n"
        "heap — C memory that nothing points to any more\n"
        "  heap/error-path  c   LOST        heap-block  An early return skips the free\n"
        "\n"
        "trap — healthy programs that look as if they leak\n"
        "  trap/plateau     c   NOT_A_LEAK  heap-block  An early return skips the free\n");
}
END_TEST

START_TEST(list_is_coloured_when_asked)
{
    assert_output("list heap --color always",
                  "\033[1mheap\033[0m — C memory that nothing points to any more\n"
                  "  heap/error-path  \033[2mc  LOST  heap-block\033[0m  An early return skips the "
                  "free\n");
}
END_TEST

START_TEST(list_speaks_json)
{
    json_t *json = run_json("list --json --tag timer");
    json_t *expected =
        json_loads("[{\"id\": \"goheap/ticker\", \"class\": \"goheap\", \"language\": \"go\","
                   "  \"resource\": \"go-object\", \"kind\": \"LOST\", \"units_per_round\": 2,"
                   "  \"bytes_per_unit\": 208, \"rounds\": 20, \"bound\": 0, \"ends\": \"exit\","
                   "  \"tags\": [\"timer\"], \"title\": \"An early return skips the free\","
                   "  \"sources\": []}]",
                   0, NULL);
    ck_assert_ptr_nonnull(expected);
    ck_assert(json_equal(json, expected));
    json_decref(json);
    json_decref(expected);
}
END_TEST

START_TEST(nothing_selected_has_its_code)
{
    g_autofree char *output = NULL, *failure_text = NULL;
    ck_assert_int_eq(run("list heap/eror-path", STDOUT_FILENO, &output, &failure_text),
                     EXIT_NOTHING_SELECTED);
    ck_assert_str_eq(output, "");
    ck_assert_ptr_nonnull(strstr(failure_text, "did you mean 'heap/error-path'?"));
}
END_TEST

START_TEST(truth_is_a_table_for_anybody)
{
    assert_output(
        "truth",
        "id,class,language,resource,kind,variant,units_per_round,rounds,units,bytes_per_unit,bound,"
        "leaks_when,alloc_functions,leak_functions\n"
        "goheap/ticker,goheap,go,go-object,LOST,leaky,2,20,40,208,0,"
        "\"go<1.23;GODEBUG=asynctimerchan=1,x=2 go>=1.23 go<1.27\",keep,drop\n"
        "goheap/ticker,goheap,go,go-object,LOST,fixed,0,20,0,208,0,"
        "\"go<1.23;GODEBUG=asynctimerchan=1,x=2 go>=1.23 go<1.27\",keep,\n"
        "heap/error-path,heap,c,heap-block,LOST,leaky,3,100,300,,0,,parse,yard_round\n"
        "heap/error-path,heap,c,heap-block,LOST,fixed,0,100,0,,0,,parse,\n"
        "trap/plateau,trap,c,heap-block,NOT_A_LEAK,clean,0,100,0,,16,,,\n");
}
END_TEST

START_TEST(truth_obeys_the_selection)
{
    g_autofree char *output = NULL;
    ck_assert_int_eq(run("truth heap --variant fixed", STDOUT_FILENO, &output, NULL), 0);
    g_auto(GStrv) lines = g_strsplit(output, "\n", -1);
    ck_assert_uint_eq(g_strv_length(lines), 3);
    ck_assert(g_str_has_prefix(lines[1], "heap/error-path,heap,c,heap-block,LOST,fixed,"));
}
END_TEST

START_TEST(show_tells_what_leaks_and_where)
{
    g_autofree char *output = NULL;
    ck_assert_int_eq(run("show heap/error-path", STDOUT_FILENO, &output, NULL), 0);
    g_autofree char *command =
        g_strdup_printf("  %s/build/plain/leaky/heap/error-path --rounds 100\n", scratch());
    const char *const parts[] = {
        "heap/error-path  An early return skips the free\n",
        "heap-block, in c\n",
        "3 a round; a standard run of 100 rounds leaks 300\n",
        "  leaky.c:3        ALLOC parse\n",
        "  leaky.c:7        LEAK  yard_round: no free\n",
        "  fixed.c:7        FIX   yard_round: frees\n",
        command,
        "A parser gives up early.\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        ck_assert_msg(strstr(output, parts[i]) != NULL, "no '%s' in:\n%s", parts[i], output);
}
END_TEST

START_TEST(show_keeps_hints_for_who_asks)
{
    g_autofree char *hidden = NULL, *shown = NULL;
    ck_assert_int_eq(run("show goheap/ticker", STDOUT_FILENO, &hidden, NULL), 0);
    ck_assert_ptr_nonnull(strstr(hidden, "1 hidden; --hints shows them\n"));
    ck_assert_ptr_null(strstr(hidden, "Look at the channel."));
    ck_assert_int_eq(run("show goheap/ticker --hints", STDOUT_FILENO, &shown, NULL), 0);
    ck_assert_ptr_nonnull(strstr(shown, "1. Look at the channel.\n"));
    ck_assert_ptr_nonnull(strstr(shown, "\n  GODEBUG=asynctimerchan=1,x=2 /"));
    ck_assert_ptr_nonnull(strstr(shown, "keep\n")); /* a shared site … */
    ck_assert_ptr_eq(strstr(shown, "main.go:3"), g_strrstr(shown, "main.go:3")); /* … once */
}
END_TEST

START_TEST(show_says_when_it_does_not_leak_here)
{
    g_autofree char *leaks = NULL, *sound = NULL;
    ck_assert_int_eq(run("show goheap/ticker", STDOUT_FILENO, &leaks, NULL), 0);
    ck_assert_ptr_null(strstr(leaks, "  here "));
    write_catalog("go1.27.0");
    ck_assert_int_eq(run("show goheap/ticker", STDOUT_FILENO, &sound, NULL), 0);
    ck_assert_ptr_nonnull(strstr(sound, "  here      leaks only with go<1.23 or "));
    ck_assert_ptr_null(strstr(sound, "x=2 /"));
}
END_TEST

START_TEST(show_speaks_json)
{
    json_t *json = run_json("show --json heap/error-path");
    json_t *page = json_array_get(json, 0);
    ck_assert_str_eq(json_string_value(json_object_get(page, "notes")),
                     "A parser gives up early.\n");
    ck_assert_ptr_null(json_object_get(page, "hints"));
    json_t *leaky = json_array_get(json_object_get(page, "variants"), 0);
    ck_assert_int_eq(json_integer_value(json_object_get(leaky, "units")), 300);
    json_t *site = json_array_get(json_object_get(leaky, "sites"), 1);
    json_t *expected = json_loads("{\"marker\": \"LEAK\", \"file\": \"leaky.c\", \"function\": "
                                  "\"yard_round\", \"line\": 7, \"first\": 5, \"last\": 8, "
                                  "\"text\": \"no free\"}",
                                  0, NULL);
    ck_assert(json_equal(site, expected));
    json_decref(expected);
    json_decref(json);
}
END_TEST

START_TEST(show_says_which_notes_are_missing)
{
    g_autofree char *path = scratch_path("scenarios/trap/plateau/notes.md");
    ck_assert_int_eq(remove(path), 0);
    g_autofree char *output = NULL, *failure_text = NULL;
    ck_assert_int_eq(run("show trap/plateau", STDOUT_FILENO, &output, &failure_text),
                     EXIT_INFRASTRUCTURE);
    ck_assert_ptr_nonnull(strstr(failure_text, "trap/plateau/notes.md"));
    ck_assert_str_eq(output, "");
}
END_TEST

/* Gives scratch() the schema, as a checkout has it. */
static void link_schema(void)
{
    g_autofree char *harness = scratch_path("harness");
    ck_assert_int_eq(symlink(TEST_ROOT "/harness", harness), 0);
}

#define SOUND                                                                                      \
    "title: \"x\" language: C resource: HEAP_BLOCK kind: LOST units_per_round: 1 rounds: 10\n"

START_TEST(manifest_reports_every_refusal)
{
    link_schema();
    scratch_write("scenarios/heap/error-path/scenario.txtpb", "titel: \"x\"\n");
    scratch_write("scenarios/trap/plateau/scenario.txtpb", SOUND);
    g_autofree char *words = g_strdup_printf("manifest %s/scenarios/heap/error-path/scenario.txtpb "
                                             "%s/scenarios/trap/plateau/scenario.txtpb",
                                             scratch(), scratch());
    g_autofree char *output = NULL;
    ck_assert_int_eq(run(words, STDERR_FILENO, &output, NULL), EXIT_USAGE);
    g_autofree char *expected = g_strdup_printf(
        "%s/scenarios/heap/error-path/scenario.txtpb:1:1: no field is called 'titel': did you mean "
        "'title'?\n"
        "%s/scenarios/trap/plateau/scenario.txtpb:1:45: kind is LOST; a trap does not leak: "
        "NOT_A_LEAK\n",
        scratch(), scratch());
    ck_assert_str_eq(output, expected);
}
END_TEST

START_TEST(manifest_compiles_for_the_catalogue)
{
    link_schema();
    scratch_write("scenarios/heap/error-path/scenario.txtpb", SOUND);
    g_autofree char *words = g_strdup_printf(
        "manifest --output %s/build/catalog.pb %s/scenarios/heap/error-path/scenario.txtpb",
        scratch(), scratch());
    assert_output(words, "");
    assert_output("list", "heap — C memory that nothing points to any more\n"
                          "  heap/error-path  c  LOST  heap-block  x\n");
}
END_TEST

static Suite *list(void)
{
    Suite *suite = suite_create("list");
    TCase *verbs = tcase_create("verbs");
    tcase_add_checked_fixture(verbs, setup, scratch_remove);
    tcase_add_test(verbs, list_is_a_table_of_contents);
    tcase_add_test(verbs, list_is_coloured_when_asked);
    tcase_add_test(verbs, list_speaks_json);
    tcase_add_test(verbs, nothing_selected_has_its_code);
    tcase_add_test(verbs, truth_is_a_table_for_anybody);
    tcase_add_test(verbs, truth_obeys_the_selection);
    tcase_add_test(verbs, show_tells_what_leaks_and_where);
    tcase_add_test(verbs, show_keeps_hints_for_who_asks);
    tcase_add_test(verbs, show_says_when_it_does_not_leak_here);
    tcase_add_test(verbs, show_speaks_json);
    tcase_add_test(verbs, show_says_which_notes_are_missing);
    tcase_add_test(verbs, manifest_reports_every_refusal);
    tcase_add_test(verbs, manifest_compiles_for_the_catalogue);
    suite_add_tcase(suite, verbs);
    return suite;
}
SUITE(list);
