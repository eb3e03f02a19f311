/*
 * sigquit: the stacks of all goroutines that any Go program prints when it gets
 * SIGQUIT, prepared or not, stripped or not; then it ends. The last resort when a
 * service hangs.
 *
 * A list of all that there are says nothing of growth. Where it names a stack often
 * enough a person sees the leak, and so does this; what a sound program keeps is
 * listed as well.
 */
#include <signal.h>

#include "detect/go_runtime.h"
#include "detect/parse/go_traceback.h"
#include "schema/detector.h"

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label, (void)ending;
    g_autofree char *text = NULL;
    gsize length;
    return g_file_get_contents(subject->errors, &text, &length, error) &&
           go_traceback_parse(text, length, findings, error);
}

static const struct detector sigquit = {
    .name = "sigquit",
    .summary = "goroutines by stack, printed by any Go program that SIGQUIT ends",
    .languages = BIT(YARD__LANGUAGE__GO) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__GOROUTINE),
    .kinds = ANY_KIND,
    .flavour = "plain",
    .inside = true,
    .looks = LOOKS_LIVE,
    .ends_only = true,
    .places = true,
    .counts = COUNTS_EXACTLY,
    .end_signal = SIGQUIT,
    .end_code = 2,
    .control = "goroutine/blocked-consumer",
    .probe = go_probe,
    .findings = findings,
};
DETECTOR(sigquit);
