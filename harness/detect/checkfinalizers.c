/*
 * checkfinalizers: the Go runtime's own look at finalizers and cleanups, under
 * GODEBUG=checkfinalizers=1, from Go 1.25 on: objects that what is to run at their end
 * keeps alive. It ends the program at the first collection that finds one, so what it
 * counts is what there was by then.
 */
#include "detect/parse/checkfinalizers.h"
#include "detect/environment.h"
#include "detect/go_runtime.h"
#include "schema/detector.h"

#define ISSUES_FOUND 2                         /* any fatal error of the runtime */
#define LOOKED       "checkfinalizers: queue:" /* it says at each collection */

static bool command(const struct label *label, const struct subject *subject, struct launch *launch,
                    GError **error)
{
    (void)label, (void)subject, (void)error;
    environment_add(launch->environment, "GODEBUG", ",", "checkfinalizers=1");
    return true;
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label;
    static const struct go_verdict verdict = {
        .code = ISSUES_FOUND,
        .parse = checkfinalizers_parse,
        .mark = LOOKED,
        .absent = "it never looked",
    };
    return go_read_verdict(subject, ending, &verdict, findings, error);
}

static const struct detector checkfinalizers = {
    .name = "checkfinalizers",
    .summary = "GODEBUG=checkfinalizers=1: objects that their own finalizer or cleanup keeps",
    .languages = BIT(YARD__LANGUAGE__GO) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__GO_OBJECT),
    .kinds = BIT(YARD__KIND__LOST),
    .flavour = "plain",
    .inside = true,
    .go_from = "1.25",
    .looks = LOOKS_AT_EXIT | LOOKS_LIVE,
    .places = true,
    .counts = COUNTS_EXACTLY,
    .cap = CHECKFINALIZERS_CAP,
    .leak_exit_code = ISSUES_FOUND,
    .halts = true,
    .control = "goheap/finalizer-cycle",
    .probe = go_probe,
    .command = command,
    .findings = findings,
};
DETECTOR(checkfinalizers);
