/*
 * vet: `go vet`, which every Go toolchain has. It reads the source and runs nothing.
 *
 * One of its analyses is about leaks: lostcancel. The others are about mistakes of other
 * kinds (copied locks, wrong formats, …) and are not run. (One of them, cgocall, reads the
 * sources again, at the path at which Go first met them: by then that folder is gone.)
 */
#include "detect/go_runtime.h"
#include "detect/go_source.h"
#include "schema/detector.h"

static const struct source_rule rules[] = {
    {"lostcancel", "a context that is never cancelled stays with its parent, and whoever waits "
                   "for its end goes on waiting"},
    {NULL, NULL},
};

static const char *const tags[] = {"context", NULL};

static bool command(const struct label *label, const struct subject *subject, struct launch *launch,
                    GError **error)
{
    return go_source_vet(label, subject, label->executable, "-lostcancel", launch, error);
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label, (void)ending;
    return go_source_vetted(subject, rules, findings, error);
}

static const struct detector vet = {
    .name = "vet",
    .summary = "go vet, lostcancel: contexts that are not cancelled on all paths (source)",
    .languages = BIT(YARD__LANGUAGE__GO) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__GO_OBJECT) | BIT(YARD__RESOURCE__GOROUTINE),
    .kinds = BIT(YARD__KIND__REACHABLE) | BIT(YARD__KIND__BLOCKED),
    .tags = tags,
    .takes_executable = true,
    .takes_arguments = true,
    .flavour = "plain",
    .looks = LOOKS_AT_SOURCE,
    .places = true,
    .counts = COUNTS_NOTHING,
    .control = "goroutine/skipped-cancel",
    .probe = go_probe,
    .command = command,
    .findings = findings,
};
DETECTOR(vet);
