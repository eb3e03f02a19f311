#include "detect/parse/sarif.h"

#include <string.h>

#include "detect/parse/json_strict.h"
#include "support/failure.h"

#define VERSION "2.1.0"

struct reading {
    const char *tool, *failure;
    const struct source_rule *rules;
    GPtrArray *findings;
};

static json_t *member(const json_t *value, const char *name)
{
    return json_object_get(value, name);
}

/* ---- Is it the report of a run that succeeded? ---- */

static bool is_tool(const json_t *run, const char *wanted, GError **error)
{
    const char *name = json_string_value(member(member(member(run, "tool"), "driver"), "name"));
    if (name != NULL && strcmp(name, wanted) == 0)
        return true;
    return fail(error, EXIT_INFRASTRUCTURE, "runs[0].tool.driver.name: is %s, not %s",
                name ? name : "missing", wanted);
}

static bool has_succeeded(const json_t *run, GError **error)
{
    const json_t *invocations = NULL;
    if (!json_array_field(run, "runs[0].", "invocations", REQUIRED, &invocations, error))
        return false;
    for (size_t i = 0; i < json_array_size(invocations); i++) {
        g_autofree char *where = g_strdup_printf("runs[0].invocations[%zu].", i);
        bool successful = false;
        if (!json_boolean_field(json_array_get(invocations, i), where, "executionSuccessful",
                                REQUIRED, &successful, error))
            return false;
        if (!successful)
            return fail(error, EXIT_INFRASTRUCTURE, "%sexecutionSuccessful: is false", where);
    }
    return json_array_size(invocations) > 0 ||
           fail(error, EXIT_INFRASTRUCTURE, "runs[0].invocations: is empty");
}

/* ---- Results ---- */

/* Says what could not be analysed, on one line. */
static bool has_failed(const char *rule, const char *words, GError **error)
{
    g_autofree char *line = g_strstrip(g_strdelimit(g_strdup(words), "\r\n", ' '));
    return fail(error, EXIT_INFRASTRUCTURE, "%s: %s", rule, line);
}

static bool take_place(const json_t *result, const char *where, const char **file, gint64 *line,
                       GError **error)
{
    const json_t *locations = NULL;
    if (!json_array_field(result, where, "locations", REQUIRED, &locations, error))
        return false;
    const json_t *physical = member(json_array_get(locations, 0), "physicalLocation");
    g_autofree char *place = g_strconcat(where, "locations[0].physicalLocation.", NULL);
    if (!json_string_field(member(physical, "artifactLocation"), place, "uri", REQUIRED, file,
                           error) ||
        !json_count_field(member(physical, "region"), place, "startLine", REQUIRED, G_MAXINT32,
                          line, error))
        return false;
    return *line > 0 || fail(error, EXIT_INFRASTRUCTURE, "%sstartLine: is 0", place);
}

static bool take_result(const struct reading *reading, const json_t *result, const char *where,
                        GError **error)
{
    const char *rule, *words, *file;
    gint64 line;
    const json_t *suppressions = NULL;
    if (!json_string_field(result, where, "ruleId", REQUIRED, &rule, error) ||
        !json_string_field(member(result, "message"), where, "text", REQUIRED, &words, error) ||
        !json_array_field(result, where, "suppressions", OPTIONAL, &suppressions, error))
        return false;
    if (strcmp(rule, reading->failure) == 0)
        return has_failed(rule, words, error);
    if (!take_place(result, where, &file, &line, error))
        return false;
    if (json_array_size(suppressions) == 0)
        source_rule_take(reading->rules, rule, words, file, (guint)line, reading->findings);
    return true;
}

/* Where there are none some tools leave the array out: that the run succeeded says enough. */
static bool take_results(const struct reading *reading, const json_t *run, GError **error)
{
    const json_t *results = NULL;
    if (!json_array_field(run, "runs[0].", "results", OPTIONAL, &results, error))
        return false;
    for (size_t i = 0; i < json_array_size(results); i++) {
        g_autofree char *where = g_strdup_printf("runs[0].results[%zu].", i);
        if (!take_result(reading, json_array_get(results, i), where, error))
            return false;
    }
    return true;
}

static bool take_log(const struct reading *reading, const json_t *log, GError **error)
{
    const char *version;
    const json_t *runs = NULL;
    if (!json_string_field(log, "", "version", REQUIRED, &version, error) ||
        !json_array_field(log, "", "runs", REQUIRED, &runs, error))
        return false;
    if (strcmp(version, VERSION) != 0)
        return fail(error, EXIT_INFRASTRUCTURE, "version: is %s, not " VERSION, version);
    if (json_array_size(runs) != 1)
        return fail(error, EXIT_INFRASTRUCTURE, "runs: holds %zu, not one", json_array_size(runs));
    const json_t *run = json_array_get(runs, 0);
    return is_tool(run, reading->tool, error) && has_succeeded(run, error) &&
           take_results(reading, run, error);
}

bool sarif_parse(const char *text, gsize length, const char *tool, const char *failure,
                 const struct source_rule *rules, GPtrArray *findings, GError **error)
{
    json_t *log = json_printed_parse(text, length, error);
    if (log == NULL)
        return false;
    g_autoptr(GPtrArray) taken = source_findings_new();
    struct reading reading = {tool, failure, rules, taken};
    bool good = take_log(&reading, log, error);
    json_decref(log);
    if (good)
        g_ptr_array_extend_and_steal(findings, g_steal_pointer(&taken));
    return good;
}
