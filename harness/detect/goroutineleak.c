/*
 * goroutineleak: the runtime's own search for goroutines that nothing can wake
 * any more: what they wait on is unreachable for every other goroutine. It is
 * blind to a wait on something global, and to what still runs or has a timer.
 */
#include "detect/go_runtime.h"
#include "schema/detector.h"

#define PROFILE "goroutineleak.pb.gz"

/* Once is enough: the program collected twice before it parked, so that no
 * sync.Pool still holds what a goroutine waits on. */
static bool observe(const struct label *label, const struct moment *moment,
                    struct observation *observation, GError **error)
{
    (void)label, (void)error;
    if (moment->checkpoint < moment->checkpoints)
        return true;
    return go_look(moment, "goroutineleak-profile", PROFILE, observation);
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label, (void)ending;
    static const struct go_claim leaked = {
        .claim = YARD__CLAIM__LEAKED,
        .resource = YARD__RESOURCE__GOROUTINE,
        .since = YARD__SINCE__START,
        .units = "goroutineleak",
    };
    return go_held(subject, PROFILE, &leaked, findings, error);
}

static const struct detector goroutineleak = {
    .name = "goroutineleak",
    .summary = "goroutines that the Go runtime proves can never be woken",
    .languages = BIT(YARD__LANGUAGE__GO) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__GOROUTINE),
    .kinds = BIT(YARD__KIND__BLOCKED),
    .flavour = "goroutineleak",
    .inside = true,
    .go_from = "1.26",
    .looks = LOOKS_LIVE,
    .ends_only = true,
    .places = true,
    .counts = COUNTS_EXACTLY,
    .control = "goroutine/blocked-consumer",
    .probe = go_probe,
    .observe = observe,
    .findings = findings,
};
DETECTOR(goroutineleak);
