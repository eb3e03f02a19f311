/*
 * synctest: the code runs in a bubble of testing/synctest, as a test of it would, from
 * Go 1.25 on. Who is left when the bubble's work is over and waits for others in it
 * will wait for ever: the runtime panics, and lists them. It takes no interest in time:
 * a bubble has its own, which stands still by then, so that a sleeper counts as well.
 *
 * It can't tell of a goroutine that waits for anything else: a mutex, a channel made
 * outside, the network, C. Then the bubble never ends, and the kit ends the program with
 * a code that no report has.
 */
#include "detect/environment.h"
#include "detect/go_runtime.h"
#include "detect/parse/synctest_panic.h"
#include "schema/detector.h"

#define PANICKED 2                      /* as by any other panic */
#define ENDED    "the bubble has ended" /* the kit says so */

/* What the runtime prints by itself is the bubble's goroutines: GOTRACEBACK stays as it is. */
static bool command(const struct label *label, const struct subject *subject, struct launch *launch,
                    GError **error)
{
    (void)label, (void)subject, (void)error;
    environment_set(launch->environment, "YARD_BUBBLE", "1");
    return true;
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label;
    static const struct go_verdict verdict = {
        .code = PANICKED,
        .parse = synctest_panic_parse,
        .mark = ENDED,
        .absent = "it was in no bubble",
    };
    return go_read_verdict(subject, ending, &verdict, findings, error);
}

static const struct detector synctest = {
    .name = "synctest",
    .summary = "testing/synctest: goroutines that a bubble is left with when its work is over",
    .languages = BIT(YARD__LANGUAGE__GO) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__GOROUTINE),
    .kinds = BIT(YARD__KIND__BLOCKED) | BIT(YARD__KIND__HELD),
    .flavour = "synctest",
    .inside = true,
    .go_from = "1.25",
    .looks = LOOKS_AT_EXIT,
    .slow = true,
    .ends_only = true,
    .places = true,
    .counts = COUNTS_EXACTLY,
    .leak_exit_code = PANICKED,
    .control = "goroutine/blocked-consumer",
    .probe = go_probe,
    .command = command,
    .findings = findings,
};
DETECTOR(synctest);
