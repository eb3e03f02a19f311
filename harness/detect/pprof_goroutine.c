/*
 * pprof-goroutine: Go's goroutine profile at checkpoint 0 and at the last one,
 * subtracted by stack. It sees every goroutine that piles up, for whatever
 * reason, at the line where it is now.
 */
#include "detect/go_runtime.h"
#include "schema/detector.h"

static bool observe(const struct label *label, const struct moment *moment,
                    struct observation *observation, GError **error)
{
    (void)label, (void)error;
    return go_look_twice(moment, "goroutine-profile", observation);
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label, (void)ending;
    static const struct go_claim grown = {
        .claim = YARD__CLAIM__OUTSTANDING,
        .resource = YARD__RESOURCE__GOROUTINE,
        .since = YARD__SINCE__WARM_UP,
        .units = "goroutine",
    };
    return go_growth(subject, &grown, findings, error);
}

static const struct detector pprof_goroutine = {
    .name = "pprof-goroutine",
    .summary = "growth of Go's goroutine profile, by stack",
    .languages = BIT(YARD__LANGUAGE__GO) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__GOROUTINE),
    .kinds = ANY_KIND,
    .flavour = "plain",
    .inside = true,
    .looks = LOOKS_LIVE,
    .ends_only = true,
    .places = true,
    .counts = COUNTS_EXACTLY,
    .control = "goroutine/blocked-consumer",
    .probe = go_probe,
    .observe = observe,
    .findings = findings,
};
DETECTOR(pprof_goroutine);
