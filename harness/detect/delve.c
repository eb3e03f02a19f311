/*
 * delve, the debugger: attached for a moment at the first and the last checkpoint, it
 * lists all goroutines of a program, prepared or not, with their stacks, 1,000 frames deep.
 * Counted is, by stack, what was not there at the first.
 *
 *     dlv attach PID --init FILE --allow-non-terminal-interactive=true
 */
#include "detect/go_tool.h"
#include "detect/grown_stacks.h"
#include "detect/parse/delve_stacks.h"
#include "schema/detector.h"
#include "support/failure.h"

#define TOOL   "dlv"
#define SCRIPT "script"

/* Its settings. Debug information that is kept apart is that of C libraries, of which no
 * goroutine's stack tells; to read libc's would take longer than to read the program's. */
#define SETTINGS_FOLDER "dlv"
#define SETTINGS        "config.yml"
#define NOWHERE         "debug-info-directories: [/dev/null]\n"

/* Goroutines of the runtime's own are left out. For each of the others room is made for as many
 * frames as are asked for, which a collector reads to the end: 10,000 of them take twice the
 * time and gigabytes. */
#define ORDERS "goroutines -with user -t 1000\nexit\n"

/* In the folder of its look. At the end it asks whether to kill the program; colours would
 * stand in the names. */
#define ATTACH "echo n | XDG_CONFIG_HOME=\"$PWD\" GOGC=" GO_TOOL_GOGC " TERM=dumb \"$@\""

static bool probe(struct label *label, GError **error)
{
    return go_tool_probe(label, TOOL, error);
}

static bool write_settings(const char *directory, GError **error)
{
    g_autofree char *folder = g_build_filename(directory, SETTINGS_FOLDER, NULL);
    g_autofree char *path = g_build_filename(folder, SETTINGS, NULL);
    if (g_mkdir_with_parents(folder, 0700) != 0)
        return fail_errno(error, "cannot make %s", folder);
    return g_file_set_contents(path, NOWHERE, -1, error);
}

static bool observe(const struct label *label, const struct moment *moment,
                    struct observation *observation, GError **error)
{
    g_autofree char *path = go_tool_find(label, TOOL, error);
    g_autofree char *script = g_build_filename(moment->directory, SCRIPT, NULL);
    if (path == NULL || !g_file_set_contents(script, ORDERS, -1, error) ||
        !write_settings(moment->directory, error))
        return false;
    g_autofree char *pid = g_strdup_printf("%d", (int)moment->pid);
    const char *argv[] = {
        "/bin/sh", "-c", ATTACH,   "sh",   path,
        "attach",  pid,  "--init", script, "--allow-non-terminal-interactive=true",
        NULL};
    observation->argv = g_strdupv((char **)argv);
    return true;
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label, (void)ending;
    return grown_stacks(subject->directory, delve_stacks_parse, "goroutines", findings, error);
}

static const struct detector delve = {
    .name = "delve",
    .summary = "delve, attached from outside: growth of goroutines by stack",
    .languages = BIT(YARD__LANGUAGE__GO) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__GOROUTINE),
    .kinds = ANY_KIND,
    .takes_executable = true,
    .flavour = "plain",
    .looks = LOOKS_LIVE,
    .slow = true,
    .ends_only = true,
    .places = true,
    .counts = COUNTS_EXACTLY,
    .control = "goroutine/blocked-consumer",
    .probe = probe,
    .observe = observe,
    .findings = findings,
};
DETECTOR(delve);
