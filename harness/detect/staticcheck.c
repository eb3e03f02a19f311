/*
 * staticcheck, of honnef.co/go/tools, with the checks that it makes by default. It reads the
 * source and runs nothing.
 *
 * Few of its checks are about leaks. Whatever the others say (code that is never used, among
 * them the close that nobody calls) is left out.
 */
#include "detect/go_source.h"
#include "detect/go_tool.h"
#include "detect/parse/sarif.h"
#include "schema/detector.h"

#define TOOL "staticcheck"

static const struct source_rule rules[] = {
    {"SA1015", "before Go 1.23 nothing ever stops what time.Tick starts"},
    {"SA2003", "the lock is never given back, and whoever comes next waits for ever"},
    {"SA5003", "in a loop without an end what is deferred never runs"},
    {"SA5005", "an object that its own finalizer points to is never collected"},
    {"SA9001", "what is deferred in a loop is given back when the function ends, not the round"},
    {NULL, NULL},
};

static const char *const tags[] = {"defer", "finalizer", NULL};

static bool probe(struct label *label, GError **error)
{
    return go_tool_probe(label, TOOL, error);
}

static bool command(const struct label *label, const struct subject *subject, struct launch *launch,
                    GError **error)
{
    char *path = go_tool_find(label, TOOL, error);
    if (path == NULL)
        return false;
    g_ptr_array_add(launch->argv, path);
    g_ptr_array_add(launch->argv, g_strdup("-f=sarif")); /* it exits 0, also after a finding */
    go_source_add_package(label, subject, launch);
    return go_source_settings(launch, error) &&
           go_source_cache(launch, "STATICCHECK_CACHE", "staticcheck-cache", error);
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label, (void)ending;
    g_autofree char *text = NULL;
    gsize length;
    if (!g_file_get_contents(subject->output, &text, &length, error))
        return false;
    if (sarif_parse(text, length, "Staticcheck", "compile", rules, findings, error))
        return true;
    g_prefix_error(error, "standard output: ");
    return false;
}

static const struct detector staticcheck = {
    .name = TOOL,
    .summary = "staticcheck: defers that come too late or never, finalizers (source)",
    .languages = BIT(YARD__LANGUAGE__GO) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__DESCRIPTOR) | BIT(YARD__RESOURCE__GO_OBJECT),
    .kinds = BIT(YARD__KIND__HELD) | BIT(YARD__KIND__LOST),
    .tags = tags,
    .takes_executable = true,
    .takes_arguments = true,
    .flavour = "plain",
    .looks = LOOKS_AT_SOURCE,
    .places = true,
    .counts = COUNTS_NOTHING,
    .control = "goheap/defer-in-loop",
    .probe = probe,
    .command = command,
    .findings = findings,
};
DETECTOR(staticcheck);
