#include "detect/parse/plugin_json.h"

#include <string.h>

#include "detect/environment.h"
#include "detector_fixture.h"
#include "plugin_answer.h"
#include "schema/message.h"
#include "suite.h"

static GPtrArray *new_findings(void)
{
    return g_ptr_array_new_with_free_func(finding_free);
}

/* ---- Answers to probe ----------------------------------------------------------------- */

START_TEST(reads_claims)
{
    struct plugin_probe probe;
    ck_assert(plugin_read_probe(
        "{" USABLE ", " CLAIMS ", \"summary\": \"s\", \"flavour\": \"asan\", \"looks\": [\"exit\", "
        "\"live\"], \"places\": true, \"counts\": \"at-least\", \"cap\": 50, \"leak_exit_code\": "
        "77, \"passive\": true, \"verbs\": [\"probe\", \"observe\", \"findings\"]}",
        &probe, NULL));
    ck_assert_str_eq(probe.claims.name, "mine");
    ck_assert_str_eq(probe.claims.flavour, "asan");
    ck_assert_str_eq(probe.version, "2.1");
    ck_assert_ptr_null(probe.reason);
    ck_assert_uint_eq(probe.claims.languages, BIT(YARD__LANGUAGE__C) | BIT(YARD__LANGUAGE__GO));
    ck_assert_uint_eq(probe.claims.resources, BIT(YARD__RESOURCE__HEAP_BLOCK));
    ck_assert_uint_eq(probe.claims.kinds, BIT(YARD__KIND__LOST));
    ck_assert_uint_eq(probe.claims.looks, LOOKS_AT_EXIT | LOOKS_LIVE);
    ck_assert_int_eq(probe.claims.counts, COUNTS_AT_LEAST);
    ck_assert_int_eq(probe.claims.cap, 50);
    ck_assert_int_eq(probe.claims.leak_exit_code, 77);
    ck_assert(probe.claims.places && probe.claims.passive);
    ck_assert_uint_eq(probe.verbs, VERB_OBSERVE | VERB_FINDINGS);
    plugin_probe_clear(&probe);
}
END_TEST

START_TEST(has_modest_defaults)
{
    struct plugin_probe probe;
    ck_assert(plugin_read_probe("{" USABLE ", " CLAIMS ", " HABITS "}", &probe, NULL));
    ck_assert_str_eq(probe.claims.flavour, "plain");
    ck_assert_int_eq(probe.claims.counts, COUNTS_NOTHING);
    ck_assert(!probe.claims.places && !probe.claims.passive);
    plugin_probe_clear(&probe);
}
END_TEST

static const struct {
    const char *text, *reason;
} wrong_probes[] = {
    {"", "nothing was written"},
    {" \n", "nothing was written"},
    {"{\"name\": \"mi", "is not JSON: line 1"},
    {"{" USABLE ", " CLAIMS ", " HABITS "} bye", "is not JSON: line 1"},
    {"[]", "is an array, not an object"},
    {"{" CLAIMS ", " HABITS ", \"version\": \"1\", \"usable\": true}", "name: is missing"},
    {"{\"name\": 3, " CLAIMS ", " HABITS "}", "name: is a number, not a string"},
    {"{\"name\": \"../x\", \"version\": \"1\", \"usable\": true, " CLAIMS ", " HABITS "}",
     "name: '../x' is not made of letters"},
    {"{\"name\": \".x\", \"version\": \"1\", \"usable\": true, " CLAIMS ", " HABITS "}",
     "name: '.x' is not made of letters"},
    {"{\"name\": \"x\", \"usable\": true, " CLAIMS ", " HABITS "}", "version: is missing"},
    {"{\"name\": \"x\", \"usable\": false, " CLAIMS ", " HABITS "}", "reason: is missing"},
    {"{\"name\": \"x\", \"usable\": false, \"reason\": \"\", " CLAIMS ", " HABITS "}",
     "reason: is empty"},
    {"{\"name\": \"x\", \"usable\": \"yes\", " CLAIMS ", " HABITS "}",
     "usable: is a string, not true or false"},
    {"{" USABLE ", " HABITS "}", "languages: is missing"},
    {"{" USABLE ", " CLAIMS ", \"looks\": [], \"verbs\": [\"findings\"]}", "looks: is empty"},
    {"{" USABLE ", " CLAIMS ", \"looks\": \"exit\", \"verbs\": [\"findings\"]}",
     "looks: is a string, not an array"},
    {"{" USABLE ", " CLAIMS ", \"looks\": [\"exit\", \"never\"], \"verbs\": [\"findings\"]}",
     "looks[1]: 'never' is none of: exit, live, source"},
    {"{" USABLE ", " CLAIMS ", \"looks\": [\"exit\"], \"verbs\": [\"command\"]}",
     "verbs: 'findings' is not among them"},
    {"{" USABLE ", " CLAIMS ", \"looks\": [\"exit\"], \"verbs\": [\"command\", \"findings\"], "
     "\"passive\": true}",
     "passive: is true"},
    {"{" USABLE ", " CLAIMS
     ", \"looks\": [\"source\", \"live\"], \"verbs\": [\"command\", \"findings\"]}",
     "looks: nothing goes with 'source'"},
    {"{" USABLE ", " CLAIMS ", \"looks\": [\"source\"], \"verbs\": [\"findings\"]}",
     "verbs: a detector that looks at the source has 'command'"},
    {"{" USABLE ", " CLAIMS
     ", \"looks\": [\"source\"], \"verbs\": [\"command\", \"observe\", \"findings\"]}",
     "nothing to observe"},
    {"{" USABLE ", " CLAIMS ", " HABITS ", \"counts\": \"many\"}",
     "counts: 'many' is none of: none, at-least, estimate, exact"},
    {"{" USABLE ", " CLAIMS ", " HABITS ", \"cap\": -1}", "cap: -1 is negative"},
    {"{" USABLE ", " CLAIMS ", " HABITS ", \"cap\": 1.5}", "cap: 1.5 is not an integer"},
    {"{" USABLE ", " CLAIMS ", " HABITS ", \"leak_exit_code\": 256}",
     "leak_exit_code: 256 is too large"},
    {"{" USABLE ", " CLAIMS ", " HABITS ", \"version\": \"2\"}", "is not JSON: line 1"},
    {"{" USABLE ", " CLAIMS ", " HABITS ", \"looks_at\": 1}", "looks_at: there is no such field"},
    {"{" USABLE ", " HABITS
     ", \"languages\": [\"cobol\"], \"resources\": [\"thread\"], \"kinds\": [\"lost\"]}",
     "languages[0]: 'cobol' is none of: c, cgo, go"},
    {"{" USABLE ", " HABITS ", \"languages\": [\"c\"], \"resources\": [7], \"kinds\": [\"lost\"]}",
     "resources[0]: is not a string"},
    {"{" USABLE ", " HABITS
     ", \"languages\": [\"c\"], \"resources\": [\"thread\"], \"kinds\": [\"not-a-leak\"]}",
     "kinds: not-a-leak"},
};

START_TEST(refuses_wrong_probe)
{
    struct plugin_probe probe;
    GError *error = NULL;
    ck_assert(!plugin_read_probe(wrong_probes[_i].text, &probe, &error));
    assert_said(error, wrong_probes[_i].reason);
    ck_assert_ptr_null(probe.claims.name);
}
END_TEST

/* ---- Answers to command ---------------------------------------------------------------- */

START_TEST(reads_a_command)
{
    struct launch launch = launch_new();
    g_ptr_array_add(launch.argv, g_strdup("/program"));
    environment_set(launch.environment, "MODE", "quiet");
    ck_assert(plugin_read_command("{\"argv\": [\"/tool\", \"\", \"/program\"], \"env\": "
                                  "[\"MODE=loud\", \"PATHS=a=b\"]}",
                                  &launch, NULL));
    ck_assert_uint_eq(launch.argv->len, 3);
    ck_assert_str_eq(launch.argv->pdata[0], "/tool");
    ck_assert_str_eq(launch.argv->pdata[1], "");
    ck_assert_uint_eq(launch.environment->len, 2);
    ck_assert_str_eq(environment_get(launch.environment, "MODE"), "loud");
    ck_assert_str_eq(environment_get(launch.environment, "PATHS"), "a=b");
    launch_clear(&launch);
}
END_TEST

static const struct {
    const char *text, *reason;
} wrong_commands[] = {
    {"{}", "argv: is missing"},
    {"{\"argv\": \"/tool\"}", "argv: is a string, not an array"},
    {"{\"argv\": []}", "argv: names no command"},
    {"{\"argv\": [\"\"]}", "argv: names no command"},
    {"{\"argv\": [\"a\", 1]}", "argv[1]: is not a string"},
    {"{\"argv\": [\"a\"], \"env\": [\"MODE\"]}", "env[0]: 'MODE' is not NAME=VALUE"},
    {"{\"argv\": [\"a\"], \"env\": [\"A=1\", \"=2\"]}", "env[1]: '=2' is not NAME=VALUE"},
    {"{\"argv\": [\"a\"], \"env\": {\"A\": \"1\"}}", "env: is an object, not an array"},
    {"{\"argv\": [\"a\"], \"cwd\": \"/\"}", "cwd: there is no such field"},
};

START_TEST(refuses_wrong_command)
{
    struct launch launch = launch_new();
    g_ptr_array_add(launch.argv, g_strdup("/program"));
    GError *error = NULL;
    ck_assert(!plugin_read_command(wrong_commands[_i].text, &launch, &error));
    assert_said(error, wrong_commands[_i].reason);
    ck_assert_str_eq(launch.argv->pdata[0], "/program");
    launch_clear(&launch);
}
END_TEST

/* ---- Answers to findings ------------------------------------------------------------------ */

static const struct detector modest = {.counts = COUNTS_NOTHING, .looks = LOOKS_AT_EXIT};
static const struct detector counting = {.counts = COUNTS_EXACTLY, .looks = LOOKS_AT_EXIT};
static const struct detector reader = {.counts = COUNTS_NOTHING, .looks = LOOKS_AT_SOURCE};

/* A construct need not name what leaks; whoever runs the program has to. */
START_TEST(a_source_has_no_resources)
{
    static const char text[] = "{\"findings\": [{\"claim\": \"suspected\", \"frames\": "
                               "[{\"file\": \"a.go\", \"line\": 3}]}]}";
    g_autoptr(GPtrArray) findings = new_findings();
    GError *error = NULL;
    ck_assert(!plugin_read_findings(text, &modest, findings, &error));
    assert_said(error, "findings[0].resource: is missing");
    ck_assert(plugin_read_findings(text, &reader, findings, NULL));
    ck_assert(plugin_read_findings(
        "{\"findings\": [{\"claim\": \"suspected\", \"resource\": null}, {\"claim\": "
        "\"leaked\", \"resource\": \"thread\"}]}",
        &reader, findings, NULL));
    ck_assert_uint_eq(findings->len, 3);
    for (guint i = 0; i < findings->len; i++) /* the last one names it */
        ck_assert_int_eq(((Yard__Finding *)findings->pdata[i])->has_resource, i == 2);
}
END_TEST

START_TEST(reads_findings)
{
    g_autoptr(GPtrArray) findings = new_findings();
    ck_assert(plugin_read_findings(
        "{\"findings\": [{\"claim\": \"leaked\", \"resource\": \"heap-block\", \"units\": 7, "
        "\"bytes\": 700, \"since\": \"warm-up\", \"complete\": true, \"text\": \"two\\nlines\", "
        "\"frames\": [{\"function\": \"f\", \"file\": \"a/b.c\", \"line\": 12, \"module\": "
        "\"/p\"}, {}]}, {\"claim\": \"suspected\", \"resource\": \"thread\"}]}",
        &modest, findings, NULL));
    ck_assert_uint_eq(findings->len, 2);
    const Yard__Finding *first = findings->pdata[0];
    ck_assert_int_eq(first->claim, YARD__CLAIM__LEAKED);
    ck_assert_int_eq(first->resource, YARD__RESOURCE__HEAP_BLOCK);
    ck_assert_int_eq(first->units, 7);
    ck_assert_int_eq(first->bytes, 700);
    ck_assert_int_eq(first->since, YARD__SINCE__WARM_UP);
    ck_assert(first->stack_complete);
    ck_assert_str_eq(first->text, "two lines");
    ck_assert_uint_eq(first->n_frame, 2);
    ck_assert_str_eq(first->frame[0]->file, "a/b.c");
    ck_assert_uint_eq(first->frame[0]->line, 12);
    ck_assert(!first->frame[1]->has_line);
    const Yard__Finding *second = findings->pdata[1];
    ck_assert_int_eq(second->since, YARD__SINCE__START);
    ck_assert(!second->has_units && !second->has_bytes && !second->stack_complete);
}
END_TEST

#define GOOD "{\"claim\": \"leaked\", \"resource\": \"thread\", \"units\": 1}"
#define ONE(fields)                                                                                \
    "{\"findings\": [" GOOD ", {\"claim\": \"leaked\", \"resource\": \"thread\", " fields "}]}"

static const struct {
    const char *text, *reason;
} wrong_findings[] = {
    {"", "nothing was written"},
    {"{\"findings\": [{\"claim\": \"lea", "is not JSON: line 1, column"},
    {"{\"findings\": []}}", "is not JSON: line 1, column 17"},
    {"<xml/>", "is not JSON"},
    {"3", "is not JSON"},
    {"{}", "findings: is missing"},
    {"{\"findings\": null}", "findings: is missing"},
    {"{\"findings\": {}}", "findings: is an object, not an array"},
    {"{\"findings\": [" GOOD ", 4]}", "findings[1]: is a number, not an object"},
    {"{\"findings\": [{\"resource\": \"thread\", \"units\": 1}]}", "findings[0].claim: is missing"},
    {"{\"findings\": [{\"claim\": \"leaked\", \"units\": 1}]}", "findings[0].resource: is missing"},
    {"{\"findings\": [{\"claim\": \"lost\", \"resource\": \"thread\", \"units\": 1}]}",
     "findings[0].claim: 'lost' is none of: leaked, suspected, outstanding"},
    {"{\"findings\": [{\"claim\": \"leaked\", \"resource\": \"socks\", \"units\": 1}]}",
     "findings[0].resource: 'socks' is none of: heap-block, "},
    {ONE("\"text\": \"no units\""), "findings[1].units: is missing"},
    {ONE("\"units\": -3"), "findings[1].units: -3 is negative"},
    {ONE("\"units\": 1.0"), "findings[1].units: 1 is not an integer"},
    {ONE("\"units\": \"1\""), "findings[1].units: is a string, not an integer"},
    {ONE("\"units\": true"), "findings[1].units: is a boolean, not an integer"},
    {ONE("\"units\": 9223372036854775807"), "findings[1].units: 9223372036854775807 is too large"},
    {ONE("\"units\": 99999999999999999999"), "is not JSON"},
    {ONE("\"units\": 1, \"bytes\": -1"), "findings[1].bytes: -1 is negative"},
    {ONE("\"units\": 1, \"since\": \"noon\""),
     "findings[1].since: 'noon' is none of: start, warm-up"},
    {ONE("\"units\": 1, \"complete\": 1"), "findings[1].complete: is a number, not true or false"},
    {ONE("\"units\": 1, \"text\": []"), "findings[1].text: is an array, not a string"},
    {ONE("\"units\": 1, \"units\": 2"), "is not JSON"},
    {ONE("\"units\": 1, \"unit\": 2"),
     "findings[1].unit: there is no such field; there are: claim"},
    {ONE("\"units\": 1, \"frames\": {}"), "findings[1].frames: is an object, not an array"},
    {ONE("\"units\": 1, \"frames\": [{}, []]"),
     "findings[1].frames[1]: is an array, not an object"},
    {ONE("\"units\": 1, \"frames\": [{\"line\": -1}]"),
     "findings[1].frames[0].line: -1 is negative"},
    {ONE("\"units\": 1, \"frames\": [{\"line\": 3000000000}]"),
     "findings[1].frames[0].line: 3000000000 is too large"},
    {ONE("\"units\": 1, \"frames\": [{\"file\": 5}]"),
     "findings[1].frames[0].file: is a number, not a string"},
    {ONE("\"units\": 1, \"frames\": [{\"func\": \"f\"}]"),
     "findings[1].frames[0].func: there is no such field"},
};

START_TEST(refuses_wrong_findings)
{
    g_autoptr(GPtrArray) findings = new_findings();
    GError *error = NULL;
    ck_assert(!plugin_read_findings(wrong_findings[_i].text, &counting, findings, &error));
    assert_said(error, wrong_findings[_i].reason);
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

START_TEST(refuses_any_cut)
{
    const char *text = ONE("\"units\": 1, \"frames\": [{\"file\": \"a.c\", \"line\": 5}]");
    for (gsize cut = 0; cut < strlen(text); cut++) {
        g_autofree char *part = g_strndup(text, cut);
        g_autoptr(GPtrArray) findings = new_findings();
        ck_assert(!plugin_read_findings(part, &counting, findings, NULL));
    }
    g_autoptr(GPtrArray) findings = new_findings();
    ck_assert(plugin_read_findings(text, &counting, findings, NULL));
    ck_assert_uint_eq(findings->len, 2);
}
END_TEST

/* ---- What it is told ------------------------------------------------------------------------ */

START_TEST(is_told_in_json)
{
    char *argv[] = {(char *)"/program", (char *)"a \"b\"", NULL};
    struct subject subject = {.directory = "/folder", .argv = argv, .errors = "/errors"};
    struct moment moment = {42, "/folder", 3, 10, 301};
    struct ending killed = {true, 9}, left = {false, 77};
    g_autofree char *command = plugin_command_input(&subject, NULL);
    g_autofree char *observe = plugin_observe_input(&moment, NULL);
    g_autofree char *signalled = plugin_findings_input(&subject, &killed, NULL);
    g_autofree char *exited = plugin_findings_input(&subject, &left, NULL);
    ck_assert_str_eq(
        command,
        "{\"dir\": \"/folder\", \"program\": {\"argv\": [\"/program\", \"a \\\"b\\\"\"]}}\n");
    struct subject source = {.directory = "/folder",
                             .errors = "/errors",
                             .output = "/output",
                             .sources = "/module/table"};
    g_autofree char *tool = plugin_command_input(&source, NULL);
    g_autofree char *ended = plugin_findings_input(&source, &left, NULL);
    ck_assert_str_eq(tool, "{\"dir\": \"/folder\", \"sources\": \"/module/table\"}\n");
    ck_assert_str_eq(ended, "{\"dir\": \"/folder\", \"stderr\": \"/errors\", \"stdout\": "
                            "\"/output\", \"exit\": {\"code\": 77}}\n");
    ck_assert_str_eq(observe,
                     "{\"pid\": 42, \"dir\": \"/folder\", \"rounds\": 301, \"checkpoint\": 3}\n");
    ck_assert_str_eq(
        signalled, "{\"dir\": \"/folder\", \"stderr\": \"/errors\", \"exit\": {\"signal\": 9}}\n");
    ck_assert_str_eq(exited,
                     "{\"dir\": \"/folder\", \"stderr\": \"/errors\", \"exit\": {\"code\": 77}}\n");
}
END_TEST

START_TEST(is_not_told_what_json_cannot_say)
{
    char *argv[] = {(char *)"/program", (char *)"\xff", NULL};
    struct subject subject = {.directory = "/folder", .argv = argv, .errors = "/errors"};
    struct moment moment = {42, "/fol\xff", 3, 10, 301};
    GError *error = NULL;
    ck_assert_ptr_null(plugin_command_input(&subject, &error));
    assert_said(error, "not UTF-8");
    ck_assert_ptr_null(plugin_observe_input(&moment, NULL));
}
END_TEST

static Suite *plugin_json_suite(void)
{
    Suite *suite = suite_create("plugin_json");
    TCase *answers = tcase_create("answers");
    tcase_add_test(answers, reads_claims);
    tcase_add_test(answers, has_modest_defaults);
    tcase_add_loop_test(answers, refuses_wrong_probe, 0, G_N_ELEMENTS(wrong_probes));
    tcase_add_test(answers, reads_a_command);
    tcase_add_loop_test(answers, refuses_wrong_command, 0, G_N_ELEMENTS(wrong_commands));
    tcase_add_test(answers, a_source_has_no_resources);
    tcase_add_test(answers, reads_findings);
    tcase_add_loop_test(answers, refuses_wrong_findings, 0, G_N_ELEMENTS(wrong_findings));
    tcase_add_test(answers, refuses_any_cut);
    tcase_add_test(answers, is_told_in_json);
    tcase_add_test(answers, is_not_told_what_json_cannot_say);
    suite_add_tcase(suite, answers);
    return suite;
}
SUITE(plugin_json_suite);
