#include "plan/truth.h"

#include <string.h>

#include "schema/words.h"
#include "support/go_version.h"

static bool holds_with(const Yard__When *condition, const char *go)
{
    return (condition->go_from == NULL || go_version_compare(go, condition->go_from) >= 0) &&
           (condition->go_before == NULL || go_version_compare(go, condition->go_before) < 0);
}

bool flavour_speaks(const Yard__Flavour *flavour, Yard__Language language)
{
    for (size_t i = 0; i < flavour->n_language; i++)
        if (flavour->language[i] == language)
            return true;
    return false;
}

/* Why FLAVOUR could not be built for LANGUAGE on this machine, or NULL. */
static const char *not_built(const Yard__Flavour *flavour, Yard__Language language)
{
    const char *toolchain = language == YARD__LANGUAGE__C ? flavour->compiler : flavour->go;
    return toolchain && *toolchain ? NULL : flavour->missing ? flavour->missing : "no toolchain";
}

/* The first tool that SCENARIO needs and this machine lacks, or NULL. */
static const char *missing_need(const Yard__Scenario *scenario)
{
    for (size_t i = 0; i < scenario->n_needs; i++) {
        g_autofree char *found = g_find_program_in_path(scenario->needs[i]);
        if (found == NULL)
            return scenario->needs[i];
    }
    return NULL;
}

/* Why no program of SCENARIO can be run in FLAVOUR, or NULL. Free with g_free. */
static char *not_runnable(const Yard__Scenario *scenario, const Yard__Flavour *flavour)
{
    if (!flavour_speaks(flavour, scenario->language))
        return g_strdup_printf("flavour %s has no %s programs", flavour->name,
                               word_lower(&yard__language__descriptor, scenario->language));
    const char *missing = not_built(flavour, scenario->language);
    if (missing != NULL)
        return g_strdup_printf("flavour %s could not be built: %s", flavour->name, missing);
    const char *need = missing_need(scenario);
    return need ? g_strdup_printf("needs %s, which is not on the PATH", need) : NULL;
}

bool truth_holds(const Yard__Scenario *scenario, const Yard__Flavour *flavour,
                 const Yard__When **when, char **reason)
{
    *when = NULL;
    *reason = not_runnable(scenario, flavour);
    if (*reason != NULL || scenario->n_leaks_when == 0)
        return *reason == NULL;
    for (size_t i = 0; i < scenario->n_leaks_when && *when == NULL; i++)
        if (holds_with(scenario->leaks_when[i], flavour->go))
            *when = scenario->leaks_when[i];
    if (*when != NULL)
        return true;
    g_autofree char *conditions = truth_conditions(scenario, " or ");
    *reason = g_strdup_printf("leaks only with %s; this is %s", conditions, flavour->go);
    return false;
}

/* Adds those of COUNT conditions that hold with GO. True if one of them has no settings. */
static bool add_cells(GArray *cells, Yard__When **conditions, size_t count, const char *go,
                      bool healed)
{
    bool plain = false;
    for (size_t i = 0; i < count; i++) {
        struct truth_cell cell = {conditions[i], healed};
        if (!holds_with(cell.when, go))
            continue;
        plain |= cell.when->n_environment == 0;
        g_array_append_val(cells, cell);
    }
    return plain;
}

GArray *truth_cells(const Yard__Scenario *scenario, const Yard__Flavour *flavour, char **reason)
{
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(struct truth_cell));
    *reason = not_runnable(scenario, flavour);
    if (*reason != NULL)
        return cells;
    bool leaks = add_cells(cells, scenario->leaks_when, scenario->n_leaks_when, flavour->go, false);
    bool sound = add_cells(cells, scenario->sound_when, scenario->n_sound_when, flavour->go, true);
    struct truth_cell plain = {NULL, scenario->n_leaks_when > 0};
    if (!leaks && !sound)
        g_array_append_val(cells, plain);
    return cells;
}

char *truth_settings(const Yard__When *when)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; when != NULL && i < when->n_environment; i++)
        g_string_append_printf(text, "%s%s", i ? " " : "", when->environment[i]);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

char *truth_condition(const Yard__When *when)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *settings = truth_settings(when);
    g_string_append_printf(text, "%s ", settings);
    if (when->go_from != NULL)
        g_string_append_printf(text, "go>=%s ", when->go_from);
    if (when->go_before != NULL)
        g_string_append_printf(text, "go<%s ", when->go_before);
    return g_strstrip(g_string_free(g_steal_pointer(&text), false));
}

char *truth_conditions(const Yard__Scenario *scenario, const char *separator)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < scenario->n_leaks_when; i++) {
        g_autofree char *condition = truth_condition(scenario->leaks_when[i]);
        g_string_append_printf(text, "%s%s", i ? separator : "", condition);
    }
    return g_string_free(g_steal_pointer(&text), false);
}
