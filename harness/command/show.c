/* One scenario: its story, its truth, and what to type. */
#include <stdio.h>
#include <string.h>

#include "catalog/site.h"
#include "command/command.h"
#include "command/describe.h"
#include "plan/launch.h"
#include "plan/truth.h"
#include "schema/words.h"

#define BOLD  "\033[1m"
#define PLAIN "\033[0m"

struct show_options {
    struct scope scope;
    bool json, hints;
};

enum { KEY_JSON = 0x200, KEY_HINTS };

static const struct argp_option keys[] = {
    {"json", KEY_JSON, NULL, 0, "an array of objects, for programs", 1},
    {"hints", KEY_HINTS, NULL, 0, "the hints too, for who has tried", 1},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    (void)argument;
    struct show_options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->scope;
        return 0;
    case KEY_JSON:
        options->json = true;
        return 0;
    case KEY_HINTS:
        options->hints = true;
        return 0;
    case ARGP_KEY_END:
        if (options->scope.selection.globs->len == 0)
            argp_error(state, "name a scenario, such as heap/error-path");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child children[] = {{&scope_argp, 0, NULL, 0}, {0}};

static const struct argp argp = {
    .options = keys,
    .parser = parse,
    .children = children,
    .doc = "Shows a scenario: what leaks, where, how much, how to run it, and its notes.\v"
           "With --json each scenario is an object with the fields of 'leakyard list --json' and "
           "needs, leaks_when, sound_when, stages (name, title), server (null, or mock, plan, "
           "arguments), upstream, variants (variant, units, sites), commands and notes, and hints "
           "if asked for. A site has marker, file, function, line, first, last and text; file is "
           "the one in the source tree.\n\n"
           "Example: leakyard show heap/error-path",
};

static const char *const kinds[] = {
    [YARD__KIND__LOST] = "nothing points to them any more",
    [YARD__KIND__REACHABLE] = "they grow in number, and are still pointed to",
    [YARD__KIND__BLOCKED] = "they wait for ever",
    [YARD__KIND__HELD] = "they are never given back",
    [YARD__KIND__NOT_A_LEAK] = "a trap: healthy, though it may not look so",
};

static const char *kind_meaning(Yard__Kind kind)
{
    return kind >= 0 && kind < (int)G_N_ELEMENTS(kinds) && kinds[kind] ? kinds[kind] : "";
}

/* A scenario with all that is shown of it. */
struct page {
    const struct show_options *options;
    const Yard__Scenario *scenario;
    const struct root *home;      /* where its sources and programs are */
    const Yard__Flavour *flavour; /* plain, if this machine knows it */
    char *notes;
    Yard__Variant variants[2];
    sites_t *sites[2];
    gsize count; /* of variants */
};

static void page_clear(struct page *page)
{
    g_free(page->notes);
    for (gsize i = 0; i < page->count; i++)
        sites_free(page->sites[i]);
}

static bool page_read(struct page *page, GError **error)
{
    g_autofree char *folder = scenario_folder(page->home, page->scenario);
    page->count = scenario_variants(page->scenario, page->variants);
    for (gsize i = 0; i < page->count; i++) {
        page->sites[i] = sites_read(folder, page->variants[i], error);
        if (page->sites[i] == NULL)
            return false;
    }
    g_autofree char *path = g_build_filename(folder, "notes.md", NULL);
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &page->notes, NULL, &cause))
        return fail(error, EXIT_INFRASTRUCTURE, "cannot read a scenario's notes: %s",
                    cause->message);
    return true;
}

/* TEXT with paths as one would type them here: relative in the root itself. Free with
 * g_free. */
static char *typed(const struct root *root, const char *text)
{
    g_autofree char *here = g_get_current_dir();
    g_autofree char *above = g_strconcat(root->path, "/", NULL);
    g_autoptr(GString) words = g_string_new(text);
    if (strcmp(here, root->path) == 0)
        g_string_replace(words, above, "", 0);
    return g_string_free(g_steal_pointer(&words), FALSE);
}

/* Does the plain build leak here? Then *SETTINGS is what to type before its name;
 * else *REASON says why not. Free both with g_free. */
static bool leaks_here(const struct page *page, char **settings, char **reason)
{
    const Yard__When *when = NULL;
    bool holds = page->flavour == NULL || truth_holds(page->scenario, page->flavour, &when, reason);
    g_autofree char *words = truth_settings(when);
    *settings = g_strconcat(words, *words ? " " : "", NULL);
    return holds;
}

/* What to type before a program that talks to a server, or "". Free with g_free. */
static char *server_words(const struct page *page)
{
    if (page->scenario->server == NULL)
        return g_strdup("");
    g_auto(GStrv) command = mock_command(page->options->scope.catalog, page->scenario);
    g_autofree char *words = g_strjoinv(" ", command);
    g_autofree char *relative = typed(page->home, words);
    return g_strconcat(relative, " -- ", NULL);
}

/* Commands to type (char *). Free with g_ptr_array_unref. */
static GPtrArray *commands_of(const struct page *page)
{
    const char *id = page->scenario->id;
    GPtrArray *commands = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *settings = NULL, *reason = NULL;
    leaks_here(page, &settings, &reason);
    g_autofree char *build = typed(page->home, page->home->build);
    g_autofree char *server = server_words(page);
    for (gsize i = 0; i < page->count; i++)
        g_ptr_array_add(commands,
                        g_strdup_printf("%s%s%s/plain/%s/%s --rounds %u", settings, server, build,
                                        word_lower(&yard__variant__descriptor, page->variants[i]),
                                        id, page->scenario->rounds));
    g_ptr_array_add(commands, g_strdup_printf("leakyard prove %s", id));
    g_ptr_array_add(commands, g_strdup_printf("leakyard run %s", id));
    if (page->scenario->n_stage > 0)
        g_ptr_array_add(commands, g_strdup_printf("leakyard ablate %s", id));
    return commands;
}

static guint64 units_of(const Yard__Scenario *scenario, Yard__Variant variant)
{
    bool leaky = variant == YARD__VARIANT__LEAKY;
    return leaky ? (guint64)scenario->units_per_round * scenario->rounds : 0;
}

/* ---- As text --------------------------------------------------------------------- */

static void append_heading(GString *text, const struct page *page, const char *heading)
{
    bool colour = page->options->scope.common.colour;
    g_string_append_printf(text, "\n%s%s%s\n", colour ? BOLD : "", heading, colour ? PLAIN : "");
}

static void append_list(GString *text, const char *name, char *const *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        g_string_append_printf(text, "  %-9s %s\n", i ? "" : name, items[i]);
}

static void append_conditions(GString *text, const char *name, Yard__When *const *conditions,
                              size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_autofree char *condition = truth_condition(conditions[i]);
        append_list(text, i ? "" : name, &condition, 1);
    }
}

static void append_units(GString *text, const Yard__Scenario *scenario)
{
    if (scenario->units_per_round > 0) {
        g_string_append_printf(text, "  %-9s %u a round", "units", scenario->units_per_round);
        if (scenario->bytes_per_unit > 0)
            g_string_append_printf(text, ", of %" G_GUINT64_FORMAT " bytes",
                                   scenario->bytes_per_unit);
        g_string_append_printf(text, "; a standard run of %u rounds leaks %" G_GUINT64_FORMAT "\n",
                               scenario->rounds, units_of(scenario, YARD__VARIANT__LEAKY));
    }
    g_string_append_printf(text, "  %-9s a sound variant may hold %u\n", "bound", scenario->bound);
}

static void append_stages(GString *text, const Yard__Scenario *scenario)
{
    for (size_t i = 0; i < scenario->n_stage; i++)
        g_string_append_printf(text, "  %-9s %s: %s\n", i ? "" : "stages", scenario->stage[i]->name,
                               scenario->stage[i]->title);
}

static void append_facts(GString *text, const struct page *page)
{
    const Yard__Scenario *scenario = page->scenario;
    Yard__Ending ends = scenario->has_ends ? scenario->ends : YARD__ENDING__EXIT;
    g_string_append_printf(text, "  %-9s %s, in %s\n", "unit",
                           word_lower(&yard__resource__descriptor, scenario->resource),
                           word_lower(&yard__language__descriptor, scenario->language));
    g_string_append_printf(text, "  %-9s %s: %s\n", "kind",
                           word_of(&yard__kind__descriptor, scenario->kind),
                           kind_meaning(scenario->kind));
    append_units(text, scenario);
    g_string_append_printf(text, "  %-9s %s\n", "ends",
                           word_lower(&yard__ending__descriptor, ends));
    append_conditions(text, "when", scenario->leaks_when, scenario->n_leaks_when);
    append_conditions(text, "not when", scenario->sound_when, scenario->n_sound_when);
    g_autofree char *settings = NULL, *reason = NULL;
    if (!leaks_here(page, &settings, &reason))
        append_list(text, "here", &reason, 1);
    append_stages(text, scenario);
    if (scenario->server != NULL)
        append_list(text, "server", &scenario->server->mock, 1);
    append_list(text, "in", scenario->upstream, scenario->n_upstream);
    append_list(text, "needs", scenario->needs, scenario->n_needs);
    append_list(text, "tags", scenario->tag, scenario->n_tag);
    append_list(text, "from", scenario->source, scenario->n_source);
}

/* Sites in files that both variants share are shown with the first. */
static void append_sites(GString *text, const struct page *page)
{
    append_heading(text, page, "Where");
    for (gsize i = 0; i < page->count; i++)
        for (guint j = 0; j < page->sites[i]->sites->len; j++) {
            const struct site *site = g_ptr_array_index(page->sites[i]->sites, j);
            if (i > 0 && !g_str_has_prefix(site->file, "variant."))
                continue;
            g_autofree char *source = site_source(site, page->variants[i]);
            g_autofree char *place = g_strdup_printf("%s:%u", source, site->line);
            g_string_append_printf(text, "  %-16s %-5s %s%s%s\n", place, marker_word(site->marker),
                                   *site->function ? site->function : "(outside of any function)",
                                   *site->text ? ": " : "", site->text);
        }
}

static void append_hints(GString *text, const struct page *page)
{
    const Yard__Scenario *scenario = page->scenario;
    if (scenario->n_hint == 0)
        return;
    append_heading(text, page, "Hints");
    if (!page->options->hints)
        g_string_append_printf(text, "  %zu hidden; --hints shows them\n", scenario->n_hint);
    for (size_t i = 0; page->options->hints && i < scenario->n_hint; i++)
        g_string_append_printf(text, "  %zu. %s\n", i + 1, scenario->hint[i]);
}

static void append_page(GString *text, const struct page *page)
{
    bool colour = page->options->scope.common.colour;
    g_string_append_printf(text, "%s%s%s%s  %s\n\n", text->len ? "\n\n" : "", colour ? BOLD : "",
                           page->scenario->id, colour ? PLAIN : "", page->scenario->title);
    append_facts(text, page);
    append_sites(text, page);
    append_hints(text, page);
    append_heading(text, page, "Try it");
    g_autoptr(GPtrArray) commands = commands_of(page);
    for (guint i = 0; i < commands->len; i++)
        g_string_append_printf(text, "  %s\n", (char *)g_ptr_array_index(commands, i));
    g_string_append_printf(text, "\n%s", page->notes);
    if (!g_str_has_suffix(page->notes, "\n"))
        g_string_append_c(text, '\n');
}

/* ---- As JSON --------------------------------------------------------------------- */

static json_t *site_json(const struct site *site, Yard__Variant variant)
{
    g_autofree char *source = site_source(site, variant);
    return json_pack("{s:s, s:s, s:s, s:i, s:i, s:i, s:s}", "marker", marker_word(site->marker),
                     "file", source, "function", site->function, "line", (int)site->line, "first",
                     (int)site->first, "last", (int)site->last, "text", site->text);
}

static json_t *variant_json(const struct page *page, gsize i)
{
    json_t *sites = json_array();
    for (guint j = 0; j < page->sites[i]->sites->len; j++)
        json_array_append_new(
            sites, site_json(g_ptr_array_index(page->sites[i]->sites, j), page->variants[i]));
    return json_pack("{s:s, s:I, s:o}", "variant",
                     word_lower(&yard__variant__descriptor, page->variants[i]), "units",
                     (json_int_t)units_of(page->scenario, page->variants[i]), "sites", sites);
}

static json_t *stages_json(const Yard__Scenario *scenario)
{
    json_t *stages = json_array();
    for (size_t i = 0; i < scenario->n_stage; i++)
        json_array_append_new(stages, json_pack("{s:s, s:s}", "name", scenario->stage[i]->name,
                                                "title", scenario->stage[i]->title));
    return stages;
}

static json_t *server_json(const Yard__Server *server)
{
    if (server == NULL)
        return json_null();
    return json_pack("{s:s, s:s?, s:o}", "mock", server->mock, "plan", server->plan, "arguments",
                     strings_json(server->argument, server->n_argument));
}

static json_t *conditions_json(Yard__When *const *conditions, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        g_autofree char *condition = truth_condition(conditions[i]);
        json_array_append_new(array, json_string(condition));
    }
    return array;
}

static json_t *page_json(const struct page *page)
{
    const Yard__Scenario *scenario = page->scenario;
    json_t *object = scenario_json(scenario);
    json_t *variants = json_array();
    for (gsize i = 0; i < page->count; i++)
        json_array_append_new(variants, variant_json(page, i));
    g_autoptr(GPtrArray) commands = commands_of(page);
    json_object_set_new(object, "needs", strings_json(scenario->needs, scenario->n_needs));
    json_object_set_new(object, "leaks_when",
                        conditions_json(scenario->leaks_when, scenario->n_leaks_when));
    json_object_set_new(object, "sound_when",
                        conditions_json(scenario->sound_when, scenario->n_sound_when));
    json_object_set_new(object, "stages", stages_json(scenario));
    json_object_set_new(object, "server", server_json(scenario->server));
    json_object_set_new(object, "upstream", strings_json(scenario->upstream, scenario->n_upstream));
    json_object_set_new(object, "variants", variants);
    json_object_set_new(object, "commands", strings_json((char **)commands->pdata, commands->len));
    json_object_set_new(object, "notes", json_string(page->notes));
    if (page->options->hints)
        json_object_set_new(object, "hints", strings_json(scenario->hint, scenario->n_hint));
    return object;
}

/* Adds one scenario to the text, or to the JSON. */
static bool add(const struct show_options *options, const Yard__Scenario *scenario, GString *text,
                json_t *array, GError **error)
{
    const catalog_t *catalog = options->scope.catalog;
    struct page page = {
        .options = options,
        .scenario = scenario,
        .home = catalog_home(catalog, scenario),
        .flavour = catalog_flavour(catalog, "plain"),
    };
    bool read = page_read(&page, error);
    if (read && options->json)
        json_array_append_new(array, page_json(&page));
    else if (read)
        append_page(text, &page);
    page_clear(&page);
    return read;
}

static bool show(struct show_options *options, GString *text, json_t *array, GError **error)
{
    if (!scope_open(&options->scope, error))
        return false;
    for (guint i = 0; i < options->scope.scenarios->len; i++)
        if (!add(options, g_ptr_array_index(options->scope.scenarios, i), text, array, error))
            return false;
    return true;
}

static int run_show(int argc, char **argv, GError **error)
{
    struct show_options options = {0};
    command_parse(&argp, argc, argv, &options);
    g_autoptr(GString) text = g_string_new(NULL);
    json_t *array = json_array();
    bool shown = show(&options, text, array, error);
    g_autofree char *dumped = shown && options.json ? json_dumps(array, JSON_INDENT(2)) : NULL;
    if (shown)
        puts(dumped ? dumped : g_strchomp(text->str));
    json_decref(array);
    scope_clear(&options.scope);
    return EXIT_AS_EXPECTED;
}

static const struct command show_command = {
    .name = "show",
    .summary = "one scenario: what leaks, where, and what to type",
    .run = run_show,
};
COMMAND(show_command);
