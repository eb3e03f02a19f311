/*
 * pprof-heap: Go's heap profile, taken after two collections at checkpoint 0 and
 * at the last one, and subtracted. It sees every object that stays on the Go
 * heap, at the line that made it; it is blind to C memory. Of a goroutine it sees what
 * that goroutine allocated, and the descriptor that runtime.malg made for it: by whom it
 * was started is not told.
 */
#include <string.h>

#include "detect/environment.h"
#include "detect/go_runtime.h"
#include "schema/detector.h"

static bool command(const struct label *label, const struct subject *subject, struct launch *launch,
                    GError **error)
{
    (void)label, (void)subject, (void)error;
    /* Without it the runtime samples one allocation in 512 KiB. A rate that the
     * caller's environment sets stays, so that doctor sees what it does. */
    const char *set = environment_get(launch->environment, "GODEBUG");
    if (set == NULL || strstr(set, "memprofilerate=") == NULL)
        environment_add(launch->environment, "GODEBUG", ",", "memprofilerate=1");
    return true;
}

static char *diagnose(const struct label *label, const struct subject *subject, GStrv environment)
{
    (void)label, (void)subject;
    const char *set = g_environ_getenv(environment, "GODEBUG");
    if (set == NULL || strstr(set, "memprofilerate=") == NULL)
        return NULL;
    return g_strdup_printf("GODEBUG is %s: the heap profile of every Go program here lacks what "
                           "that rate leaves out",
                           set);
}

static bool observe(const struct label *label, const struct moment *moment,
                    struct observation *observation, GError **error)
{
    (void)label, (void)error;
    return go_look_twice(moment, "heap-profile", observation);
}

/* Descriptors of goroutines are never freed, only used again: as many as there ever were
 * at a time. */
static void name_descriptor(Yard__Finding *finding)
{
    for (size_t i = 0; i < finding->n_frame; i++)
        if (g_strcmp0(finding->frame[i]->function, "runtime.malg") == 0)
            finding->resource = YARD__RESOURCE__GOROUTINE;
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label, (void)ending;
    static const struct go_claim grown = {
        .claim = YARD__CLAIM__OUTSTANDING,
        .resource = YARD__RESOURCE__GO_OBJECT,
        .since = YARD__SINCE__WARM_UP,
        .units = "inuse_objects",
        .bytes = "inuse_space",
    };
    guint first = findings->len;
    if (!go_growth(subject, &grown, findings, error))
        return false;
    for (guint i = first; i < findings->len; i++)
        name_descriptor(g_ptr_array_index(findings, i));
    return true;
}

static const struct detector pprof_heap = {
    .name = "pprof-heap",
    .summary = "growth of Go's heap profile, every allocation recorded",
    .languages = BIT(YARD__LANGUAGE__GO) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__GO_OBJECT),
    .kinds = BIT(YARD__KIND__LOST) | BIT(YARD__KIND__REACHABLE) | BIT(YARD__KIND__HELD),
    .flavour = "plain",
    .inside = true,
    .looks = LOOKS_LIVE,
    .ends_only = true,
    .places = true,
    .counts = COUNTS_EXACTLY,
    .control = "goheap/unbounded-cache",
    .probe = go_probe,
    .command = command,
    .observe = observe,
    .findings = findings,
    .diagnose = diagnose,
};
DETECTOR(pprof_heap);
