#include "detect/registry.h"

#include <string.h>

#include "detect/plugin.h"
#include "support/failure.h"

/* What DETECTOR() collected: from where the linker puts it to its end. */
extern const struct detector *const __start_leakyard_detectors[] __attribute__((weak));
extern const struct detector *const __stop_leakyard_detectors[] __attribute__((weak));

static int by_name(const void *left, const void *right)
{
    const struct detector *const *a = left, *const *b = right;
    return strcmp((*a)->name, (*b)->name);
}

GPtrArray *detectors_built_in(void)
{
    GPtrArray *detectors = g_ptr_array_new();
    for (const struct detector *const *next = __start_leakyard_detectors;
         next < __stop_leakyard_detectors; next++)
        g_ptr_array_add(detectors, (gpointer)*next);
    g_ptr_array_sort(detectors, by_name);
    return detectors;
}

static const struct detector *built_in(const char *name)
{
    g_autoptr(GPtrArray) detectors = detectors_built_in();
    for (guint i = 0; i < detectors->len; i++) {
        const struct detector *detector = g_ptr_array_index(detectors, i);
        if (strcmp(detector->name, name) == 0)
            return detector;
    }
    return NULL;
}

static bool fail_unknown(const char *name, GError **error)
{
    g_autoptr(GPtrArray) detectors = detectors_built_in();
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < detectors->len; i++) {
        const struct detector *detector = g_ptr_array_index(detectors, i);
        g_string_append_printf(names, "%s%s", i ? ", " : "", detector->name);
    }
    return fail(error, EXIT_USAGE,
                "there is no detector \"%s\"; there are: %s; or the path of a plug-in, such as "
                "./my-tool",
                name, names->str);
}

/* A label's name becomes a file's in expected/, and a column's in reports. */
static bool check_name(const char *name, const char *own, GError **error)
{
    gsize sound = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");
    if (!*name || name[sound] || *name == '.' || *name == '-')
        return fail(
            error, EXIT_USAGE,
            "\"%s\" can't be a detector's label: letters, digits, and after the first . _ -", name);
    if (strcmp(name, own) != 0 && built_in(name))
        return fail(error, EXIT_USAGE, "the label \"%s\" is the name of another detector", name);
    return true;
}

/* Absolute if it is a path: each run has a working directory of its own. */
static char *executable_of(const char *text)
{
    return strchr(text, '/') ? g_canonicalize_filename(text, NULL) : g_strdup(text);
}

static bool arguments_parse(struct label *label, const char *text, GError **error)
{
    g_autoptr(GError) problem = NULL;
    g_clear_pointer(&label->arguments, g_strfreev);
    if (!*text || g_shell_parse_argv(text, NULL, &label->arguments, &problem))
        return true;
    return fail(error, EXIT_USAGE, "args=%s: %s", text, problem->message);
}

static bool check_taken(const struct label *label, const char *setting, bool taken, GError **error)
{
    return taken || fail(error, EXIT_USAGE, "%s takes no %s", label->detector->name, setting);
}

/* "exe=PATH,args=WORDS": args runs to the end, commas included. */
static bool settings_parse(struct label *label, const char *text, GError **error)
{
    while (text && *text) {
        if (g_str_has_prefix(text, "args="))
            return check_taken(label, "args=", label->detector->takes_arguments, error) &&
                   arguments_parse(label, text + strlen("args="), error);
        if (!g_str_has_prefix(text, "exe=") || text[4] == '\0' || text[4] == ',')
            return fail(error, EXIT_USAGE,
                        "\"%s\" is no setting of a label: exe=PATH or, last, args=WORDS", text);
        if (!check_taken(label, "exe=", label->detector->takes_executable, error))
            return false;
        const char *comma = strchrnul(text, ',');
        g_autofree char *path = g_strndup(text + 4, comma - text - 4);
        g_free(label->executable);
        label->executable = executable_of(path);
        text = *comma ? comma + 1 : comma;
    }
    return true;
}

/* NAME or NAME:LABEL,SETTINGS. */
static bool built_in_parse(struct label *label, const char *text, GError **error)
{
    g_autofree char *name = g_strndup(text, strcspn(text, ":,"));
    label->detector = built_in(name);
    if (!label->detector)
        return fail_unknown(name, error);
    const char *rest = text + strlen(name);
    if (*rest == ',')
        return fail(error, EXIT_USAGE, "%s: settings need a label of their own, as in %s:next%s",
                    text, name, rest);
    if (!*rest) {
        label->name = g_steal_pointer(&name);
        return true;
    }
    const char *comma = strchrnul(rest, ',');
    label->name = g_strndup(rest + 1, comma - rest - 1);
    return check_name(label->name, name, error) &&
           settings_parse(label, *comma ? comma + 1 : NULL, error);
}

/* PATH, PATH:LABEL or PATH:LABEL,args=WORDS. */
static bool plugin_parse(struct label *label, const char *text, GError **error)
{
    const char *end = text + strcspn(text, ",");
    const char *colon = memrchr(text, ':', end - text);
    if (colon && memchr(colon, '/', end - colon))
        colon = NULL;
    if (*end && !colon)
        return fail(error, EXIT_USAGE, "%s: settings need a label, as in PATH:next%s", text, end);
    if (*end && !g_str_has_prefix(end, ",args="))
        return fail(error, EXIT_USAGE, "%s: a plug-in has one setting, args=WORDS", text);
    g_autofree char *path = g_strndup(text, (colon ? colon : end) - text);
    label->executable = executable_of(path);
    label->detector = plugin_open(label->executable, error);
    if (!label->detector)
        return false;
    label->name = colon ? g_strndup(colon + 1, end - colon - 1) : g_strdup(label->detector->name);
    return check_name(label->name, "", error) &&
           (!*end || arguments_parse(label, end + strlen(",args="), error));
}

/* The text before any setting has a slash. */
static bool is_path(const char *text)
{
    const char *slash = strchr(text, '/');
    return slash && !memchr(text, ',', slash - text);
}

struct label *label_parse(const char *text, GError **error)
{
    struct label *label = g_new0(struct label, 1);
    GError *problem = NULL;
    bool parsed =
        is_path(text) ? plugin_parse(label, text, &problem) : built_in_parse(label, text, &problem);
    if (!parsed) {
        g_propagate_error(error, problem);
        label_free(label);
        return NULL;
    }
    if (!label->arguments)
        label->arguments = g_new0(char *, 1);
    return label;
}

static bool is_built_in(const struct detector *detector)
{
    for (const struct detector *const *next = __start_leakyard_detectors;
         next < __stop_leakyard_detectors; next++)
        if (*next == detector)
            return true;
    return false;
}

void label_free(struct label *label)
{
    if (!label)
        return;
    if (label->detector && !is_built_in(label->detector))
        plugin_free((struct detector *)label->detector);
    g_free(label->name);
    g_free(label->executable);
    g_strfreev(label->arguments);
    g_free(label->version);
    g_free(label->unusable);
    g_free(label);
}

void label_probe(struct label *label)
{
    g_clear_pointer(&label->unusable, g_free);
    g_autoptr(GError) error = NULL;
    if (label->detector->probe(label, &error))
        return;
    g_clear_pointer(&label->version, g_free);
    label->version = g_strdup("");
    label->unusable = g_strdup(error ? error->message : "it does not say why");
}
