#include "detect/plugin.h"

#include <unistd.h>

#include "detect/parse/plugin_json.h"
#include "run/run.h"
#include "support/failure.h"

#define ANSWER_SECONDS 10

/* A label reaches its plug-in through label->detector, the first member. */
struct plugin {
    struct detector detector;
    char *path; /* absolute */
    struct plugin_probe probe;
};

static const struct plugin *plugin_of(const struct label *label)
{
    return (const struct plugin *)label->detector;
}

/* PATH VERB ARGUMENTS… ; free with g_strfreev. */
static GStrv command_line(const char *path, const char *verb, const GStrv arguments)
{
    GStrvBuilder *builder = g_strv_builder_new();
    g_strv_builder_add(builder, path);
    g_strv_builder_add(builder, verb);
    if (arguments != NULL)
        g_strv_builder_addv(builder, (const char **)arguments);
    GStrv argv = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    return argv;
}

/* Asks VERB of the plug-in at PATH; *ANSWER is what it wrote. */
static bool ask(const char *path, const GStrv arguments, const char *verb, const char *directory,
                const char *input, char **answer, GError **error)
{
    g_auto(GStrv) argv = command_line(path, verb, arguments);
    if (command_run(directory, argv, input, ANSWER_SECONDS, answer, error))
        return true;
    g_prefix_error(error, "%s: ", verb);
    return false;
}

/* ERROR is about what the plug-in at PATH answered. */
static bool blame(const char *path, const char *verb, GError **error)
{
    g_prefix_error(error, "%s %s: ", path, verb);
    return false;
}

static bool ask_probe(const char *path, const GStrv arguments, struct plugin_probe *probe,
                      GError **error)
{
    g_autofree char *answer = NULL;
    if (!ask(path, arguments, "probe", g_get_tmp_dir(), NULL, &answer, error))
        return false;
    return plugin_read_probe(answer, probe, error) || blame(path, "probe", error);
}

/* ---- A detector's four calls ------------------------------------------------------- */

static bool settle(struct label *label, const struct plugin_probe *probe, GError **error)
{
    if (probe->reason != NULL)
        return fail(error, EXIT_INFRASTRUCTURE, "%s", probe->reason);
    g_free(label->version);
    label->version = g_strdup(probe->version);
    return true;
}

/* It was asked when it was opened; arguments may make another answer of it. */
static bool probe(struct label *label, GError **error)
{
    const struct plugin *plugin = plugin_of(label);
    if (label->arguments == NULL || label->arguments[0] == NULL)
        return settle(label, &plugin->probe, error);
    struct plugin_probe again;
    if (!ask_probe(plugin->path, label->arguments, &again, error))
        return false;
    bool usable = settle(label, &again, error);
    plugin_probe_clear(&again);
    return usable;
}

static bool command(const struct label *label, const struct subject *subject, struct launch *launch,
                    GError **error)
{
    const struct plugin *plugin = plugin_of(label);
    g_autofree char *answer = NULL;
    g_autofree char *input = plugin_command_input(subject, error);
    if (input == NULL ||
        !ask(plugin->path, label->arguments, "command", subject->directory, input, &answer, error))
        return false;
    return plugin_read_command(answer, launch, error) || blame(plugin->path, "command", error);
}

/* Carried out by the run stage, which does not wait for it alone. */
static bool observe(const struct label *label, const struct moment *moment,
                    struct observation *observation, GError **error)
{
    const struct plugin *plugin = plugin_of(label);
    char *input = plugin_observe_input(moment, error);
    if (input == NULL)
        return false;
    observation->input = input;
    observation->argv = command_line(plugin->path, "observe", label->arguments);
    return true;
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    const struct plugin *plugin = plugin_of(label);
    g_autofree char *answer = NULL;
    g_autofree char *input = plugin_findings_input(subject, ending, error);
    if (input == NULL ||
        !ask(plugin->path, label->arguments, "findings", subject->directory, input, &answer, error))
        return false;
    return plugin_read_findings(answer, &plugin->detector, findings, error) ||
           blame(plugin->path, "findings", error);
}

/* ---- Opening -------------------------------------------------------------------------- */

static bool check_executable(const char *path, GError **error)
{
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return fail(error, EXIT_USAGE, "%s: there is no such plug-in", path);
    if (access(path, X_OK) != 0)
        return fail(error, EXIT_USAGE, "%s: is not executable (chmod +x it)", path);
    return true;
}

struct detector *plugin_open(const char *path, GError **error)
{
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    struct plugin_probe answer;
    if (!check_executable(absolute, error) || !ask_probe(absolute, NULL, &answer, error))
        return NULL;
    struct plugin *plugin = g_new(struct plugin, 1);
    plugin->path = g_steal_pointer(&absolute);
    plugin->probe = answer;
    plugin->detector = answer.claims;
    plugin->detector.probe = probe;
    plugin->detector.findings = findings;
    plugin->detector.command = answer.verbs & VERB_COMMAND ? command : NULL;
    plugin->detector.observe = answer.verbs & VERB_OBSERVE ? observe : NULL;
    return &plugin->detector;
}

void plugin_free(struct detector *detector)
{
    if (detector == NULL)
        return;
    struct plugin *plugin = (struct plugin *)detector;
    plugin_probe_clear(&plugin->probe);
    g_free(plugin->path);
    g_free(plugin);
}
