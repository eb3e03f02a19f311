/*
 * bodyclose, of github.com/timakin/bodyclose: answers of net/http whose body is not closed.
 * It reads the source and runs nothing; its one analysis is about a leak, which holds a
 * connection and the two goroutines that serve it.
 */
#include "detect/go_source.h"
#include "detect/go_tool.h"
#include "schema/detector.h"

#define TOOL "bodyclose"

static const struct source_rule rules[] = {
    {"bodyclose",
     "a body that is not closed holds its connection, and the goroutines that read and write it"},
    {NULL, NULL},
};

static const char *const tags[] = {"http", NULL};

static bool probe(struct label *label, GError **error)
{
    return go_tool_probe(label, TOOL, error);
}

static bool command(const struct label *label, const struct subject *subject, struct launch *launch,
                    GError **error)
{
    return go_source_vet_by(label, subject, TOOL, launch, error);
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label, (void)ending;
    return go_source_vetted(subject, rules, findings, error);
}

static const struct detector bodyclose = {
    .name = TOOL,
    .summary = "bodyclose: HTTP answers whose body is not closed (source)",
    .languages = BIT(YARD__LANGUAGE__GO) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__GOROUTINE),
    .kinds = BIT(YARD__KIND__BLOCKED),
    .tags = tags,
    .takes_executable = true,
    .takes_arguments = true,
    .flavour = "plain",
    .looks = LOOKS_AT_SOURCE,
    .places = true,
    .counts = COUNTS_NOTHING,
    .control = "goroutine/unread-body",
    .probe = probe,
    .command = command,
    .findings = findings,
};
DETECTOR(bodyclose);
