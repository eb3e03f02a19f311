#include "detect/parse/vet_json.h"

#include <string.h>

#include "detect/parse/json_strict.h"
#include "support/failure.h"

/* Cuts the two numbers off "/path/variant.go:7:20". */
static bool split_position(char *position, const char *where, guint *line, GError **error)
{
    guint64 number, column;
    char *colon = strrchr(position, ':');
    if (colon != NULL) {
        *colon = '\0';
        char *before = strrchr(position, ':');
        if (before != NULL && before > position &&
            g_ascii_string_to_unsigned(before + 1, 10, 1, G_MAXINT32, &number, NULL) &&
            g_ascii_string_to_unsigned(colon + 1, 10, 1, G_MAXINT32, &column, NULL)) {
            *before = '\0';
            *line = (guint)number;
            return true;
        }
        *colon = ':';
    }
    return fail(error, EXIT_INFRASTRUCTURE, "%sposn: '%s' is no file with line and column", where,
                position);
}

static bool take_diagnostic(const json_t *diagnostic, const char *place, const char *analysis,
                            const struct source_rule *rules, GPtrArray *findings, GError **error)
{
    g_autofree char *where = g_strconcat(place, ".", NULL);
    const char *words, *position;
    guint line = 0;
    if (!json_is_object(diagnostic))
        return fail(error, EXIT_INFRASTRUCTURE, "%s: is not an object", place);
    if (!json_string_field(diagnostic, where, "posn", REQUIRED, &position, error) ||
        !json_string_field(diagnostic, where, "message", REQUIRED, &words, error))
        return false;
    g_autofree char *file = g_strdup(position);
    if (!split_position(file, where, &line, error))
        return false;
    source_rule_take(rules, analysis, words, file, line, findings);
    return true;
}

/* ANSWER: its diagnostics, or in their place {"error": why it failed}. */
static bool take_analysis(const json_t *answer, const char *package, const char *analysis,
                          const struct source_rule *rules, GPtrArray *findings, GError **error)
{
    const char *failure = json_string_value(json_object_get(answer, "error"));
    if (failure != NULL)
        return fail(error, EXIT_INFRASTRUCTURE, "%s of %s failed: %s", analysis, package, failure);
    if (!json_is_array(answer))
        return fail(error, EXIT_INFRASTRUCTURE, "%s.%s: is not an array", package, analysis);
    for (size_t i = 0; i < json_array_size(answer); i++) {
        g_autofree char *place = g_strdup_printf("%s.%s[%zu]", package, analysis, i);
        if (!take_diagnostic(json_array_get(answer, i), place, analysis, rules, findings, error))
            return false;
    }
    return true;
}

static bool take_packages(const json_t *packages, const struct source_rule *rules,
                          GPtrArray *findings, GError **error)
{
    const char *package, *analysis;
    json_t *analyses, *answer;
    json_object_foreach((json_t *)packages, package, analyses)
    {
        if (!json_is_object(analyses))
            return fail(error, EXIT_INFRASTRUCTURE, "%s: is not an object", package);
        json_object_foreach(analyses, analysis, answer)
        {
            if (!take_analysis(answer, package, analysis, rules, findings, error))
                return false;
        }
    }
    return true;
}

bool vet_json_parse(const char *text, gsize length, const struct source_rule *rules,
                    GPtrArray *findings, GError **error)
{
    json_t *packages = json_printed_parse(text, length, error);
    if (packages == NULL)
        return false;
    g_autoptr(GPtrArray) taken = source_findings_new();
    bool good = take_packages(packages, rules, taken, error);
    json_decref(packages);
    if (good)
        g_ptr_array_extend_and_steal(findings, g_steal_pointer(&taken));
    return good;
}
