#include "judge/condition.h"

#include <string.h>
#include <sys/utsname.h>

void circumstances_of(const Yard__Result *result, const Yard__Scenario *scenario,
                      const Yard__Flavour *flavour, struct circumstances *circumstances)
{
    *circumstances = (struct circumstances){
        .id = scenario->id,
        .language = scenario->language,
        .variant = result->variant,
        .version = result->version,
        .flavour_name = result->flavour,
        .flavour = flavour,
    };
}

bool condition_concerns(const Yard__Condition *condition, Yard__Language language)
{
    bool c = language == YARD__LANGUAGE__C;
    return (condition->compiler == NULL || c) && (condition->go == NULL || !c);
}

/* PATTERN absent: anything does. */
static bool matches(const char *pattern, const char *text)
{
    return pattern == NULL || (text != NULL && g_pattern_match_simple(pattern, text));
}

bool condition_holds(const Yard__Condition *condition, const struct circumstances *circumstances)
{
    const Yard__Flavour *flavour = circumstances->flavour;
    struct utsname machine;
    return condition_concerns(condition, circumstances->language) &&
           matches(condition->tool, circumstances->version) &&
           matches(condition->flavour, circumstances->flavour_name) &&
           matches(condition->go, flavour ? flavour->go : NULL) &&
           matches(condition->compiler, flavour ? flavour->compiler : NULL) &&
           matches(condition->machine, uname(&machine) == 0 ? machine.machine : NULL);
}

/* MAJOR.MINOR in TEXT, the last one there is, or the first. */
static bool find_version(const char *text, bool last, int *start, int *end)
{
    g_autoptr(GRegex) numbers = g_regex_new("[0-9]+\\.[0-9]+", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    bool found = false;
    for (g_regex_match(numbers, text, 0, &match); g_match_info_matches(match) && (last || !found);
         g_match_info_next(match, NULL))
        found = g_match_info_fetch_pos(match, 0, start, end);
    return found;
}

/* "3.19.*" of "3.19.0": what is said of a version holds for its corrections too. */
static char *version_glob(const char *version)
{
    int start, end;
    if (!find_version(version, false, &start, &end) || version[end] == '\0')
        return g_strdup(version);
    return g_strdup_printf("%.*s%s", end, version, version[end] == '.' ? ".*" : "*");
}

/* "gcc*12.2.*" of "gcc (Debian 12.2.0-14) 12.2.0". */
static char *compiler_glob(const char *line)
{
    int start, end;
    if (!find_version(line, true, &start, &end))
        return g_strdup(line);
    g_autofree char *name =
        strstr(line, "clang") ? g_strdup("*clang") : g_strndup(line, strcspn(line, " "));
    return g_strdup_printf("%s*%.*s%s", name, end - start, line + start,
                           line[end] == '.' ? ".*" : "*");
}

Yard__Condition *condition_new(const struct circumstances *circumstances)
{
    Yard__Condition *condition = g_new(Yard__Condition, 1);
    yard__condition__init(condition);
    const Yard__Flavour *flavour = circumstances->flavour;
    bool c = circumstances->language == YARD__LANGUAGE__C;
    if (circumstances->version != NULL && *circumstances->version != '\0')
        condition->tool = version_glob(circumstances->version);
    if (c && flavour != NULL && flavour->compiler != NULL)
        condition->compiler = compiler_glob(flavour->compiler);
    if (!c && flavour != NULL && flavour->go != NULL)
        condition->go = version_glob(flavour->go);
    condition->flavour = g_strdup(circumstances->flavour_name);
    return condition;
}

bool condition_equal(const Yard__Condition *a, const Yard__Condition *b)
{
    return g_strcmp0(a->tool, b->tool) == 0 && g_strcmp0(a->go, b->go) == 0 &&
           g_strcmp0(a->compiler, b->compiler) == 0 && g_strcmp0(a->machine, b->machine) == 0 &&
           g_strcmp0(a->flavour, b->flavour) == 0;
}
