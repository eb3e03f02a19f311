/*
 * sqlclosecheck, of github.com/ryanrolds/sqlclosecheck: rows and statements of database/sql,
 * and of what is like it, that are not closed. It reads the source and runs nothing; its
 * one analysis is about a leak, which holds a connection and a goroutine that waits.
 */
#include "detect/go_source.h"
#include "detect/go_tool.h"
#include "schema/detector.h"

#define TOOL "sqlclosecheck"

static const struct source_rule rules[] = {
    {"sqlclosecheck",
     "rows that are not closed hold their connection, and the goroutine that waits for their end"},
    {NULL, NULL},
};

static const char *const tags[] = {"database", NULL};

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

static const struct detector sqlclosecheck = {
    .name = TOOL,
    .summary = "sqlclosecheck: SQL rows and statements that are not closed (source)",
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
    .control = "goroutine/unclosed-rows",
    .probe = probe,
    .command = command,
    .findings = findings,
};
DETECTOR(sqlclosecheck);
