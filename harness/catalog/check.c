/* What a manifest and its folder must say, though every word is known. */
#include <string.h>

#include "catalog/catalog.h"
#include "catalog/manifest.h"
#include "catalog/site.h"
#include "schema/words.h"
#include "support/failure.h"

#define LONGEST_TITLE 80

/* FIELD is wrong, or lacks and ought to be there. */
#define REFUSE(field_name, ...)                                                                    \
    (*place = (struct text_place){.field = (field_name)}, fail(error, EXIT_USAGE, __VA_ARGS__))

typedef bool check(const Yard__Scenario *scenario, struct text_place *place, GError **error);

static bool is_trap(const Yard__Scenario *scenario)
{
    return g_str_has_prefix(scenario->id, "trap/");
}

static bool check_title(const Yard__Scenario *scenario, struct text_place *place, GError **error)
{
    const char *title = scenario->title;
    if (title == NULL || *title == '\0')
        return REFUSE("title", "no title: say in a few words what goes wrong");
    if (g_utf8_strlen(title, -1) > LONGEST_TITLE)
        return REFUSE("title", "the title has %ld characters; it must fit a line of %d",
                      g_utf8_strlen(title, -1), LONGEST_TITLE);
    if (strchr(title, '\n') != NULL)
        return REFUSE("title", "the title has more than one line");
    if (g_str_has_suffix(title, "."))
        return REFUSE("title", "the title ends with a full stop; it is a heading");
    return true;
}

static bool check_presence(const Yard__Scenario *scenario, struct text_place *place, GError **error)
{
    if (!scenario->has_language)
        return REFUSE("language", "no language: C, CGO or GO");
    if (!scenario->has_resource)
        return REFUSE("resource", "no resource: what is the unit, the thing that leaks?");
    if (!scenario->has_kind)
        return REFUSE("kind", "no kind: what becomes of the unit? (LOST, REACHABLE, BLOCKED, HELD, "
                              "or NOT_A_LEAK in a trap)");
    if (!scenario->has_rounds)
        return REFUSE("rounds", "no rounds: how many has a standard run? (a multiple of 10)");
    return true;
}

static bool check_rounds(const Yard__Scenario *scenario, struct text_place *place, GError **error)
{
    if (scenario->rounds == 0 || scenario->rounds % 10 != 0)
        return REFUSE("rounds",
                      "rounds is %u; it must be a multiple of 10, and not 0: a standard "
                      "run has ten equal checkpoints",
                      scenario->rounds);
    return true;
}

static bool check_trap(const Yard__Scenario *scenario, struct text_place *place, GError **error)
{
    if (scenario->kind != YARD__KIND__NOT_A_LEAK)
        return REFUSE("kind", "kind is %s; a trap does not leak: NOT_A_LEAK",
                      word_of(&yard__kind__descriptor, scenario->kind));
    const struct {
        bool present;
        const char *field;
    } leaky_fields[] = {
        {scenario->has_units_per_round, "units_per_round"},
        {scenario->n_leaks_when > 0, "leaks_when"},
        {scenario->n_sound_when > 0, "sound_when"},
        {scenario->has_value_leaky, "value_leaky"},
        {scenario->has_value_fixed, "value_fixed"},
        {scenario->n_stage > 0, "stage"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(leaky_fields); i++)
        if (leaky_fields[i].present)
            return REFUSE(leaky_fields[i].field,
                          "a trap has no leaky variant, so no %s; take it out",
                          leaky_fields[i].field);
    return true;
}

static bool check_leak(const Yard__Scenario *scenario, struct text_place *place, GError **error)
{
    if (scenario->kind == YARD__KIND__NOT_A_LEAK)
        return REFUSE("kind", "kind is NOT_A_LEAK; such scenarios belong in trap/");
    if (scenario->units_per_round == 0)
        return REFUSE("units_per_round",
                      "units_per_round is %s; how many units does each leaky "
                      "round leak?",
                      scenario->has_units_per_round ? "0" : "missing");
    if (scenario->has_value_leaky != scenario->has_value_fixed)
        return REFUSE(scenario->has_value_leaky ? "value_leaky" : "value_fixed",
                      "%s without %s: say both, or neither where both variants return the same",
                      scenario->has_value_leaky ? "value_leaky" : "value_fixed",
                      scenario->has_value_leaky ? "value_fixed" : "value_leaky");
    return true;
}

static bool check_role(const Yard__Scenario *scenario, struct text_place *place, GError **error)
{
    return is_trap(scenario) ? check_trap(scenario, place, error)
                             : check_leak(scenario, place, error);
}

static bool check_resource(const Yard__Scenario *scenario, struct text_place *place, GError **error)
{
    const char *word = word_of(&yard__resource__descriptor, scenario->resource);
    bool of_go = scenario->resource == YARD__RESOURCE__GO_OBJECT ||
                 scenario->resource == YARD__RESOURCE__GOROUTINE;
    if (scenario->resource == YARD__RESOURCE__MEMORY)
        return REFUSE("resource", "MEMORY is a detector's word for it knows not what; say which "
                                  "unit leaks");
    if (scenario->language == YARD__LANGUAGE__C && of_go)
        return REFUSE("resource", "a C program has no %s", word);
    if (scenario->language == YARD__LANGUAGE__GO &&
        scenario->resource == YARD__RESOURCE__HEAP_BLOCK)
        return REFUSE("resource", "a program all in Go has no HEAP_BLOCK; GO_OBJECT, or language "
                                  "CGO?");
    return true;
}

static bool check_tag(const Yard__Scenario *scenario, size_t nth, struct text_place *place,
                      GError **error)
{
    const char *tag = scenario->tag[nth];
    *place = (struct text_place){.field = "tag", .value = tag};
    if (!g_regex_match_simple("^[a-z0-9][a-z0-9.-]*$", tag, G_REGEX_DOLLAR_ENDONLY, 0))
        return fail(error, EXIT_USAGE,
                    "the tag '%s' is not one word in small letters, digits and hyphens", tag);
    for (size_t i = 0; i < nth; i++)
        place->nth += strcmp(scenario->tag[i], tag) == 0;
    return place->nth == 0 || fail(error, EXIT_USAGE, "the tag '%s' is there twice", tag);
}

static bool check_tags(const Yard__Scenario *scenario, struct text_place *place, GError **error)
{
    for (size_t i = 0; i < scenario->n_tag; i++)
        if (!check_tag(scenario, i, place, error))
            return false;
    return true;
}

/* 1.23.4 as 1023004; 0 if TEXT is no Go version. */
static guint64 go_version(const char *text)
{
    if (!g_regex_match_simple("^1\\.\\d{1,3}(\\.\\d{1,3})?$", text, G_REGEX_DOLLAR_ENDONLY, 0))
        return 0;
    g_auto(GStrv) parts = g_strsplit(text, ".", 3);
    guint64 version = 0;
    for (guint i = 0, n = g_strv_length(parts); i < 3; i++)
        version = version * 1000 + (i < n ? g_ascii_strtoull(parts[i], NULL, 10) : 0);
    return version;
}

static bool check_version(const char *field, const char *version, struct text_place *place,
                          GError **error)
{
    if (version == NULL || go_version(version) != 0)
        return true;
    *place = (struct text_place){.field = field, .value = version};
    return fail(error, EXIT_USAGE, "%s is '%s', which is no Go version; write it as 1.23 or 1.23.4",
                field, version);
}

static bool check_environment(const Yard__When *when, struct text_place *place, GError **error)
{
    for (size_t i = 0; i < when->n_environment; i++) {
        const char *setting = when->environment[i];
        if (g_regex_match_simple("^[A-Za-z_][A-Za-z0-9_]*=", setting, 0, 0))
            continue;
        *place = (struct text_place){.field = "environment", .value = setting};
        return fail(error, EXIT_USAGE, "the environment has '%s', which is not NAME=VALUE",
                    setting);
    }
    return true;
}

static bool check_condition(const Yard__Scenario *scenario, const Yard__When *when,
                            struct text_place *place, GError **error)
{
    if (when->go_from == NULL && when->go_before == NULL && when->n_environment == 0)
        return fail(error, EXIT_USAGE,
                    "%s without a condition: say go_from, go_before or environment", place->field);
    if (scenario->language == YARD__LANGUAGE__C && (when->go_from || when->go_before))
        return fail(error, EXIT_USAGE, "%s asks for a Go version, but the program is in C",
                    place->field);
    if (!check_version("go_from", when->go_from, place, error) ||
        !check_version("go_before", when->go_before, place, error))
        return false;
    if (when->go_from && when->go_before &&
        go_version(when->go_from) >= go_version(when->go_before))
        return fail(error, EXIT_USAGE, "no Go version is from %s and before %s", when->go_from,
                    when->go_before);
    return check_environment(when, place, error);
}

static bool check_conditions(const Yard__Scenario *scenario, struct text_place *place,
                             GError **error)
{
    for (guint i = 0; i < scenario->n_leaks_when; i++) {
        *place = (struct text_place){.field = "leaks_when", .nth = i};
        if (!check_condition(scenario, scenario->leaks_when[i], place, error))
            return false;
    }
    for (guint i = 0; i < scenario->n_sound_when; i++) {
        *place = (struct text_place){.field = "sound_when", .nth = i};
        if (scenario->n_leaks_when == 0)
            return fail(
                error, EXIT_USAGE,
                "sound_when without leaks_when: a leak that has no condition always is one");
        if (!check_condition(scenario, scenario->sound_when[i], place, error))
            return false;
    }
    return true;
}

static bool is_mock(const char *name)
{
    return name != NULL &&
           g_regex_match_simple("^[a-z][a-z0-9-]*$", name, G_REGEX_DOLLAR_ENDONLY, 0);
}

static bool check_server(const Yard__Scenario *scenario, struct text_place *place, GError **error)
{
    if (scenario->server == NULL || is_mock(scenario->server->mock))
        return true;
    return REFUSE("server", "server without a mock: say which of mocks/ it is");
}

static bool check_upstream(const Yard__Scenario *scenario, struct text_place *place, GError **error)
{
    for (size_t i = 0; i < scenario->n_upstream; i++) {
        const char *function = scenario->upstream[i];
        if (g_regex_match_simple("^[^ ]+/[^ /]+\\.[^ /]+$", function, G_REGEX_DOLLAR_ENDONLY, 0))
            continue;
        *place = (struct text_place){.field = "upstream", .value = function};
        return fail(error, EXIT_USAGE,
                    "upstream is '%s', which is no function of a module; write "
                    "it as MODULE/PACKAGE.FUNCTION",
                    function);
    }
    return true;
}

/* The search for the smallest set that leaks keeps a set in 32 bits. */
enum { MOST_STAGES = 32 };

static bool check_stage(const Yard__Scenario *scenario, guint nth, struct text_place *place,
                        GError **error)
{
    const Yard__Stage *stage = scenario->stage[nth];
    *place = (struct text_place){.field = "stage", .nth = nth};
    if (stage->name == NULL || stage->title == NULL || *stage->title == '\0')
        return fail(error, EXIT_USAGE, "a stage has a name and a title");
    if (!g_regex_match_simple("^[a-z0-9][a-z0-9-]*$", stage->name, G_REGEX_DOLLAR_ENDONLY, 0))
        return fail(error, EXIT_USAGE,
                    "the stage '%s' is not one word in small letters, digits and hyphens",
                    stage->name);
    for (guint i = 0; i < nth; i++)
        if (strcmp(scenario->stage[i]->name, stage->name) == 0)
            return fail(error, EXIT_USAGE, "the stage '%s' is there twice", stage->name);
    return true;
}

static bool check_stages(const Yard__Scenario *scenario, struct text_place *place, GError **error)
{
    if (scenario->n_stage > MOST_STAGES)
        return REFUSE("stage", "%zu stages; there may be %d", scenario->n_stage, MOST_STAGES);
    for (guint i = 0; i < scenario->n_stage; i++)
        if (!check_stage(scenario, i, place, error))
            return false;
    return true;
}

bool manifest_check(const Yard__Scenario *scenario, struct text_place *place, GError **error)
{
    check *const checks[] = {check_title,    check_presence, check_rounds,     check_role,
                             check_resource, check_tags,     check_conditions, check_server,
                             check_upstream, check_stages};
    for (gsize i = 0; i < G_N_ELEMENTS(checks); i++)
        if (!checks[i](scenario, place, error))
            return false;
    *place = (struct text_place){0};
    return true;
}

/* ---- The folder ---------------------------------------------------------------- */

static bool folder_has(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* Is the difference between the variants in settings, not in a file of each? */
static bool differs_by_settings(const char *folder)
{
    return folder_has(folder, "build.mk") ||
           (folder_has(folder, "leaky.mod") && folder_has(folder, "fixed.mod"));
}

static bool check_sources(const Yard__Scenario *scenario, const char *folder, GError **error)
{
    bool in_c = scenario->language == YARD__LANGUAGE__C;
    if (folder_has(folder, "main.go") == in_c)
        return fail(error, EXIT_USAGE, "the language is %s, but the folder has %s main.go",
                    word_of(&yard__language__descriptor, scenario->language), in_c ? "a" : "no");
    Yard__Variant variants[2];
    gsize count = scenario_variants(scenario, variants);
    for (gsize i = 0; i < count && !differs_by_settings(folder); i++) {
        g_autofree char *name = g_strconcat(word_lower(&yard__variant__descriptor, variants[i]),
                                            in_c ? ".c" : ".go", NULL);
        if (!folder_has(folder, name))
            return fail(error, EXIT_USAGE, "the folder has no %s%s", name,
                        is_trap(scenario) ? "" : ", nor a build.mk that makes the variants");
    }
    return true;
}

/* Refuses a marker that speaks of the other variant, in a file of this one's own. */
static bool check_own_markers(const sites_t *sites, Yard__Variant variant, GError **error)
{
    for (guint i = 0; i < sites->sites->len; i++) {
        const struct site *site = g_ptr_array_index(sites->sites, i);
        bool foreign = (site->marker == MARKER_LEAK && variant != YARD__VARIANT__LEAKY) ||
                       (site->marker == MARKER_FIX && variant != YARD__VARIANT__FIXED);
        if (!foreign || !g_str_has_prefix(site->file, "variant."))
            continue;
        const char *word = word_lower(&yard__variant__descriptor, variant);
        return fail(error, EXIT_USAGE, "%s%s:%u has a %s marker, which the %s variant cannot have",
                    word, strchr(site->file, '.'), site->line, marker_word(site->marker), word);
    }
    return true;
}

static bool has_marker(const sites_t *sites, enum marker marker)
{
    for (guint i = 0; i < sites->sites->len; i++) {
        const struct site *site = g_ptr_array_index(sites->sites, i);
        if (site->marker == marker)
            return true;
    }
    return false;
}

static bool check_markers(const char *folder, Yard__Variant variant, GError **error)
{
    g_autoptr(sites_t) sites = sites_read(folder, variant, error);
    if (sites == NULL || !check_own_markers(sites, variant, error))
        return false;
    const char *name = word_lower(&yard__variant__descriptor, variant);
    if (variant != YARD__VARIANT__FIXED && !has_marker(sites, MARKER_ALLOC))
        return fail(error, EXIT_USAGE,
                    "the %s variant has no marker /* ALLOC */ where the unit is born", name);
    bool settings = differs_by_settings(folder);
    if (variant == YARD__VARIANT__LEAKY && !has_marker(sites, MARKER_LEAK) &&
        !(settings && has_marker(sites, MARKER_FIX)))
        return fail(error, EXIT_USAGE,
                    "the leaky variant has no marker /* LEAK: why */ where the unit is lost");
    if (variant == YARD__VARIANT__FIXED && !has_marker(sites, MARKER_FIX) &&
        !(settings && has_marker(sites, MARKER_LEAK)))
        return fail(error, EXIT_USAGE,
                    "the fixed variant has no marker /* FIX: how */ where the leak was mended");
    return true;
}

/* Does a source in FOLDER ask the kit whether the stage of that NAME is in? */
static bool is_asked_for(const char *folder, bool in_c, const char *name)
{
    g_autofree char *question =
        g_strdup_printf(in_c ? "yard_stage(\"%s\")" : "yard.Stage(\"%s\")", name);
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    bool found = false;
    for (const char *file; !found && files && (file = g_dir_read_name(files)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, file, NULL);
        g_autofree char *text = NULL;
        found = g_str_has_suffix(file, in_c ? ".c" : ".go") &&
                g_file_get_contents(path, &text, NULL, NULL) && strstr(text, question) != NULL;
    }
    return found;
}

static bool check_stage_sources(const Yard__Scenario *scenario, const char *folder, GError **error)
{
    for (size_t i = 0; i < scenario->n_stage; i++) {
        const char *name = scenario->stage[i]->name;
        bool in_c = scenario->language == YARD__LANGUAGE__C;
        if (!is_asked_for(folder, in_c, name))
            return fail(error, EXIT_USAGE,
                        "no source asks whether the stage '%s' is in: %s(\"%s\")", name,
                        in_c ? "yard_stage" : "yard.Stage", name);
    }
    return true;
}

bool folder_check(const Yard__Scenario *scenario, const char *folder, GError **error)
{
    if (!check_sources(scenario, folder, error))
        return false;
    if (!folder_has(folder, "notes.md"))
        return fail(error, EXIT_USAGE,
                    "the folder has no notes.md: story, symptom, how to find "
                    "it, how to mend it");
    const char *plan = scenario->server ? scenario->server->plan : NULL;
    if (plan != NULL && !folder_has(folder, plan))
        return fail(error, EXIT_USAGE, "the folder has no %s, the plan of its server", plan);
    Yard__Variant variants[2];
    gsize count = scenario_variants(scenario, variants);
    for (gsize i = 0; i < count; i++)
        if (!check_markers(folder, variants[i], error))
            return false;
    return check_stage_sources(scenario, folder, error);
}
