#include "detect/parse/plugin_json.h"

#include <string.h>

#include "detect/environment.h"
#include "detect/parse/json_strict.h"
#include "schema/message.h"
#include "schema/words.h"
#include "support/failure.h"

/* Beyond this no count is meant seriously, and sums of them might overflow. */
#define COUNT_MAX (G_GINT64_CONSTANT(1) << 53)

/* ---- probe ----------------------------------------------------------------------- */

struct word {
    const char *word;
    unsigned value;
};

static const struct word VERBS[] = {{"probe", 0},
                                    {"command", VERB_COMMAND},
                                    {"observe", VERB_OBSERVE},
                                    {"findings", VERB_FINDINGS},
                                    {NULL, 0}};

static const struct word LOOKS[] = {
    {"exit", LOOKS_AT_EXIT}, {"live", LOOKS_LIVE}, {"source", LOOKS_AT_SOURCE}, {NULL, 0}};

static const struct word COUNTS[] = {{"none", COUNTS_NOTHING},
                                     {"at-least", COUNTS_AT_LEAST},
                                     {"estimate", COUNTS_ESTIMATE},
                                     {"exact", COUNTS_EXACTLY},
                                     {NULL, 0}};

static bool find_word(const void *words, const char *wanted, unsigned *value, GError **error)
{
    g_autoptr(GString) known = g_string_new(NULL);
    for (const struct word *word = words; word->word != NULL; word++) {
        if (strcmp(word->word, wanted) == 0) {
            *value = word->value;
            return true;
        }
        g_string_append_printf(known, "%s%s", known->len > 0 ? ", " : "", word->word);
    }
    return fail(error, EXIT_INFRASTRUCTURE, "'%s' is none of: %s", wanted, known->str);
}

/* A word of the schema, as the bit that stands for it in a set. */
static bool find_schema_word(const void *words, const char *wanted, unsigned *bit, GError **error)
{
    int value;
    if (!word_parse(words, wanted, &value, error))
        return false;
    *bit = BIT(value);
    return true;
}

/* An array of words, not empty, as a set of bits. */
static bool read_set(const json_t *answer, const char *name,
                     bool (*find)(const void *, const char *, unsigned *, GError **),
                     const void *words, unsigned *set, GError **error)
{
    g_autoptr(GPtrArray) strings = NULL;
    if (!json_strings_field(answer, "", name, REQUIRED, &strings, error))
        return false;
    if (strings->len == 0)
        return fail(error, EXIT_INFRASTRUCTURE, "%s: is empty", name);
    *set = 0;
    for (guint i = 0; i < strings->len; i++) {
        unsigned bits;
        if (!find(words, strings->pdata[i], &bits, error)) {
            g_prefix_error(error, "%s[%u]: ", name, i);
            return false;
        }
        *set |= bits;
    }
    return true;
}

/* The name is part of file names and of reports. */
static bool check_name(const char *name, GError **error)
{
    const char *allowed = G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "._-";
    if (*name != '\0' && g_ascii_isalnum(*name) && name[strspn(name, allowed)] == '\0')
        return true;
    return fail(error, EXIT_INFRASTRUCTURE,
                "name: '%s' is not made of letters, digits, '.', '_' and '-' alone", name);
}

static bool read_names(const json_t *answer, struct plugin_probe *probe, GError **error)
{
    const char *name = NULL;
    const char *summary = "a plug-in";
    const char *flavour = "plain";
    if (!json_string_field(answer, "", "name", REQUIRED, &name, error) ||
        !json_string_field(answer, "", "summary", OPTIONAL, &summary, error) ||
        !json_string_field(answer, "", "flavour", OPTIONAL, &flavour, error) ||
        !check_name(name, error))
        return false;
    probe->claims.name = g_strdup(name);
    probe->claims.summary = g_strdup(summary);
    probe->claims.flavour = g_strdup(flavour);
    return true;
}

static bool read_usable(const json_t *answer, struct plugin_probe *probe, GError **error)
{
    bool usable = false;
    const char *version = "";
    const char *reason = NULL;
    if (!json_boolean_field(answer, "", "usable", REQUIRED, &usable, error) ||
        !json_string_field(answer, "", "version", usable ? REQUIRED : OPTIONAL, &version, error) ||
        !json_string_field(answer, "", "reason", usable ? OPTIONAL : REQUIRED, &reason, error))
        return false;
    if (!usable && *reason == '\0')
        return fail(error, EXIT_INFRASTRUCTURE, "reason: is empty, and usable is false");
    probe->version = g_strdup(usable ? version : "");
    probe->reason = usable ? NULL : g_strdup(reason);
    return true;
}

static bool read_claims(const json_t *answer, struct detector *claims, GError **error)
{
    if (!read_set(answer, "languages", find_schema_word, &yard__language__descriptor,
                  &claims->languages, error) ||
        !read_set(answer, "resources", find_schema_word, &yard__resource__descriptor,
                  &claims->resources, error) ||
        !read_set(answer, "kinds", find_schema_word, &yard__kind__descriptor, &claims->kinds,
                  error))
        return false;
    if (claims->kinds & BIT(YARD__KIND__NOT_A_LEAK))
        return fail(error, EXIT_INFRASTRUCTURE, "kinds: not-a-leak is nothing to be found");
    return true;
}

/* Who looks at a source runs by itself, and no program beside it. */
static bool check_source(const struct plugin_probe *probe, GError **error)
{
    if (!looks_at_source(&probe->claims))
        return true;
    if (probe->claims.looks != LOOKS_AT_SOURCE)
        return fail(error, EXIT_INFRASTRUCTURE, "looks: nothing goes with 'source'");
    if (probe->verbs != (VERB_COMMAND | VERB_FINDINGS))
        return fail(error, EXIT_INFRASTRUCTURE,
                    "verbs: a detector that looks at the source has 'command' and 'findings', and "
                    "nothing to observe");
    return true;
}

static bool read_habits(const json_t *answer, struct plugin_probe *probe, GError **error)
{
    struct detector *claims = &probe->claims;
    const char *counts = "none";
    unsigned counting;
    gint64 leak_exit_code = 0;
    if (!read_set(answer, "looks", find_word, LOOKS, &claims->looks, error) ||
        !read_set(answer, "verbs", find_word, VERBS, &probe->verbs, error) ||
        !json_boolean_field(answer, "", "places", OPTIONAL, &claims->places, error) ||
        !json_boolean_field(answer, "", "passive", OPTIONAL, &claims->passive, error) ||
        !json_count_field(answer, "", "cap", OPTIONAL, COUNT_MAX, &claims->cap, error) ||
        !json_count_field(answer, "", "leak_exit_code", OPTIONAL, 255, &leak_exit_code, error) ||
        !json_string_field(answer, "", "counts", OPTIONAL, &counts, error))
        return false;
    if (!find_word(COUNTS, counts, &counting, error)) {
        g_prefix_error(error, "counts: ");
        return false;
    }
    claims->counts = (enum counting)counting;
    claims->leak_exit_code = (int)leak_exit_code;
    if (!(probe->verbs & VERB_FINDINGS))
        return fail(error, EXIT_INFRASTRUCTURE, "verbs: 'findings' is not among them");
    if (claims->passive && (probe->verbs & VERB_COMMAND))
        return fail(error, EXIT_INFRASTRUCTURE,
                    "passive: is true, but a detector with the verb 'command' does not only read");
    return check_source(probe, error);
}

bool plugin_read_probe(const char *text, struct plugin_probe *probe, GError **error)
{
    static const char *const names[] = {
        "name",      "version", "usable",         "reason",  "summary", "languages",
        "resources", "kinds",   "looks",          "flavour", "places",  "counts",
        "cap",       "passive", "leak_exit_code", "verbs",   NULL};
    *probe = (struct plugin_probe){0};
    json_t *answer = json_object_parse(text, error);
    if (answer == NULL)
        return false;
    bool good = json_object_check(answer, "", names, error) && read_names(answer, probe, error) &&
                read_usable(answer, probe, error) && read_claims(answer, &probe->claims, error) &&
                read_habits(answer, probe, error);
    json_decref(answer);
    if (!good)
        plugin_probe_clear(probe);
    return good;
}

void plugin_probe_clear(struct plugin_probe *probe)
{
    g_free((char *)probe->claims.name);
    g_free((char *)probe->claims.summary);
    g_free((char *)probe->claims.flavour);
    g_free(probe->version);
    g_free(probe->reason);
    *probe = (struct plugin_probe){0};
}

/* ---- command ------------------------------------------------------------------------ */

/* ENTRY is NAME=VALUE. */
static bool set_variable(GPtrArray *environment, const char *entry, guint index, GError **error)
{
    const char *equals = strchr(entry, '=');
    if (equals == NULL || equals == entry)
        return fail(error, EXIT_INFRASTRUCTURE, "env[%u]: '%s' is not NAME=VALUE", index, entry);
    g_autofree char *name = g_strndup(entry, (gsize)(equals - entry));
    environment_set(environment, name, equals + 1);
    return true;
}

static bool read_launch(const json_t *answer, struct launch *launch, GError **error)
{
    static const char *const names[] = {"argv", "env", NULL};
    const json_t *argv = NULL;
    g_autoptr(GPtrArray) environment = NULL;
    if (!json_object_check(answer, "", names, error) ||
        !json_array_field(answer, "", "argv", REQUIRED, &argv, error) ||
        !json_strings_field(answer, "", "env", OPTIONAL, &environment, error))
        return false;
    if (json_array_size(argv) == 0 || json_string_length(json_array_get(argv, 0)) == 0)
        return fail(error, EXIT_INFRASTRUCTURE, "argv: names no command");
    for (size_t i = 0; i < json_array_size(argv); i++)
        if (!json_is_string(json_array_get(argv, i)))
            return fail(error, EXIT_INFRASTRUCTURE, "argv[%zu]: is not a string", i);
    for (guint i = 0; i < environment->len; i++)
        if (!set_variable(launch->environment, environment->pdata[i], i, error))
            return false;
    g_ptr_array_set_size(launch->argv, 0);
    for (size_t i = 0; i < json_array_size(argv); i++)
        g_ptr_array_add(launch->argv, g_strdup(json_string_value(json_array_get(argv, i))));
    return true;
}

bool plugin_read_command(const char *text, struct launch *launch, GError **error)
{
    json_t *answer = json_object_parse(text, error);
    if (answer == NULL)
        return false;
    bool good = read_launch(answer, launch, error);
    json_decref(answer);
    return good;
}

/* ---- findings ------------------------------------------------------------------------ */

static bool read_frame(const json_t *value, const char *place, Yard__Finding *finding,
                       GError **error)
{
    static const char *const names[] = {"function", "file", "line", "module", NULL};
    g_autofree char *where = g_strconcat(place, ".", NULL);
    const char *function = NULL, *file = NULL, *module = NULL;
    gint64 line = 0;
    if (!json_object_check(value, place, names, error) ||
        !json_string_field(value, where, "function", OPTIONAL, &function, error) ||
        !json_string_field(value, where, "file", OPTIONAL, &file, error) ||
        !json_string_field(value, where, "module", OPTIONAL, &module, error) ||
        !json_count_field(value, where, "line", OPTIONAL, G_MAXINT32, &line, error))
        return false;
    finding_add_frame(finding, frame_new(function, file, (guint)line, module));
    return true;
}

static bool read_frames(const json_t *value, const char *where, Yard__Finding *finding,
                        GError **error)
{
    const json_t *frames = NULL;
    if (!json_array_field(value, where, "frames", OPTIONAL, &frames, error))
        return false;
    for (size_t i = 0; i < json_array_size(frames); i++) {
        g_autofree char *place = g_strdup_printf("%sframes[%zu]", where, i);
        if (!read_frame(json_array_get(frames, i), place, finding, error))
            return false;
    }
    return true;
}

/* Everything but the frames. Returns NULL and sets ERROR if it is wrong. */
static Yard__Finding *read_core(const json_t *value, const char *where,
                                const struct detector *claims, GError **error)
{
    bool counts = claims->counts != COUNTS_NOTHING;
    enum presence named = looks_at_source(claims) ? OPTIONAL : REQUIRED;
    int claim = 0, resource = 0, since = YARD__SINCE__START;
    gint64 units = -1, bytes = -1;
    bool complete = false;
    const char *text = NULL;
    if (!json_word_field(value, where, "claim", REQUIRED, &yard__claim__descriptor, &claim,
                         error) ||
        !json_word_field(value, where, "resource", named, &yard__resource__descriptor, &resource,
                         error) ||
        !json_word_field(value, where, "since", OPTIONAL, &yard__since__descriptor, &since,
                         error) ||
        !json_count_field(value, where, "units", counts ? REQUIRED : OPTIONAL, COUNT_MAX, &units,
                          error) ||
        !json_count_field(value, where, "bytes", OPTIONAL, COUNT_MAX, &bytes, error) ||
        !json_boolean_field(value, where, "complete", OPTIONAL, &complete, error) ||
        !json_string_field(value, where, "text", OPTIONAL, &text, error))
        return NULL;
    Yard__Finding *finding =
        finding_new((Yard__Claim)claim, (Yard__Resource)resource, units, bytes);
    finding->has_resource = resource != 0;
    finding->has_since = finding->has_stack_complete = true;
    finding->since = (Yard__Since)since;
    finding->stack_complete = complete;
    finding->text = text ? g_strdelimit(g_strdup(text), "\r\n", ' ') : NULL;
    return finding;
}

static Yard__Finding *read_finding(const json_t *value, size_t index, const struct detector *claims,
                                   GError **error)
{
    static const char *const names[] = {"claim",    "resource", "units",  "bytes", "since",
                                        "complete", "text",     "frames", NULL};
    g_autofree char *place = g_strdup_printf("findings[%zu]", index);
    g_autofree char *where = g_strconcat(place, ".", NULL);
    if (!json_object_check(value, place, names, error))
        return NULL;
    Yard__Finding *finding = read_core(value, where, claims, error);
    if (finding == NULL || read_frames(value, where, finding, error))
        return finding;
    yard__finding__free_unpacked(finding, NULL);
    return NULL;
}

static bool read_all(const json_t *answer, const struct detector *claims, GPtrArray *findings,
                     GError **error)
{
    static const char *const names[] = {"findings", NULL};
    const json_t *array = NULL;
    if (!json_object_check(answer, "", names, error) ||
        !json_array_field(answer, "", "findings", REQUIRED, &array, error))
        return false;
    for (size_t i = 0; i < json_array_size(array); i++) {
        Yard__Finding *finding = read_finding(json_array_get(array, i), i, claims, error);
        if (finding == NULL)
            return false;
        g_ptr_array_add(findings, finding);
    }
    return true;
}

bool plugin_read_findings(const char *text, const struct detector *claims, GPtrArray *findings,
                          GError **error)
{
    json_t *answer = json_object_parse(text, error);
    if (answer == NULL)
        return false;
    GPtrArray *read = g_ptr_array_new_with_free_func(finding_free);
    bool good = read_all(answer, claims, read, error);
    json_decref(answer);
    if (!good) {
        g_ptr_array_unref(read);
        return false;
    }
    g_ptr_array_extend_and_steal(findings, read);
    return true;
}

/* ---- What it is told -------------------------------------------------------------------- */

/* Takes VALUE over, which is NULL if some text in it was not UTF-8. */
static char *text_of(json_t *value, GError **error)
{
    if (value == NULL) {
        fail(error, EXIT_INFRASTRUCTURE, "a path or argument is not UTF-8, which JSON can't tell");
        return NULL;
    }
    char *dumped = json_dumps(value, 0);
    char *text = g_strconcat(dumped, "\n", NULL); /* a whole line, for a shell's `read` */
    free(dumped);
    json_decref(value);
    return text;
}

char *plugin_command_input(const struct subject *subject, GError **error)
{
    if (subject->sources != NULL)
        return text_of(
            json_pack("{s:s, s:s}", "dir", subject->directory, "sources", subject->sources), error);
    json_t *argv = json_array();
    for (char **argument = subject->argv; *argument != NULL; argument++) {
        if (json_array_append_new(argv, json_string(*argument)) != 0) {
            json_decref(argv);
            return text_of(NULL, error);
        }
    }
    json_t *input = json_pack("{s:s, s:{s:o}}", "dir", subject->directory, "program", "argv", argv);
    return text_of(input, error);
}

char *plugin_observe_input(const struct moment *moment, GError **error)
{
    json_t *input = json_pack("{s:I, s:s, s:I, s:I}", "pid", (json_int_t)moment->pid, "dir",
                              moment->directory, "rounds", (json_int_t)moment->rounds, "checkpoint",
                              (json_int_t)moment->checkpoint);
    return text_of(input, error);
}

char *plugin_findings_input(const struct subject *subject, const struct ending *ending,
                            GError **error)
{
    json_t *input = json_pack("{s:s, s:s, s:s*, s:{s:i}}", "dir", subject->directory, "stderr",
                              subject->errors, "stdout", subject->output, "exit",
                              ending->signalled ? "signal" : "code", ending->code);
    return text_of(input, error);
}
