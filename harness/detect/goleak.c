/*
 * goleak, go.uber.org/goleak as a test calls it: who is there after the warm-up is
 * ignored, and at the last checkpoint whoever else is there is unexpected, be it
 * blocked, asleep or at work. It tries for half a second before it says so, to let
 * goroutines end that are about to.
 *
 * It goes by the numbers of goroutines: a healthy one that took another's place is
 * unexpected too.
 */
#include "detect/go_runtime.h"
#include "detect/parse/goleak_report.h"
#include "schema/detector.h"

#define REPORT "goleak.txt"

static bool observe(const struct label *label, const struct moment *moment,
                    struct observation *observation, GError **error)
{
    (void)label, (void)error;
    if (moment->checkpoint == 0)
        return go_look(moment, "goleak-ignore-current", "ignored.txt", observation);
    if (moment->checkpoint == moment->checkpoints)
        return go_look(moment, "goleak-find", REPORT, observation);
    return true;
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label, (void)ending;
    g_autofree char *path = g_build_filename(subject->directory, REPORT, NULL);
    g_autofree char *text = NULL;
    gsize length;
    if (!g_file_get_contents(path, &text, &length, error))
        return false;
    if (goleak_report_parse(text, length, findings, error))
        return true;
    g_prefix_error(error, "%s: ", path);
    return false;
}

static const struct detector goleak = {
    .name = "goleak",
    .summary = "go.uber.org/goleak: goroutines that were not there after the warm-up",
    .languages = BIT(YARD__LANGUAGE__GO) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__GOROUTINE),
    .kinds = ANY_KIND,
    .flavour = "goleak",
    .inside = true,
    .looks = LOOKS_LIVE,
    .slow = true,
    .ends_only = true,
    .places = true,
    .counts = COUNTS_EXACTLY,
    .control = "goroutine/blocked-consumer",
    .probe = go_probe,
    .observe = observe,
    .findings = findings,
};
DETECTOR(goleak);
