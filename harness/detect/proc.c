/*
 * A census by the kernel's own counts: at each checkpoint it notes how many threads,
 * descriptors, mappings, segments, timers and children the program has, and reports what
 * grows steadily. It only reads, from outside.
 *
 * A thread that waits for ever also keeps its stack mapped: both are reported, as
 * they are.
 */
#include "detect/grown.h"
#include "detect/kernel.h"

static const struct fact facts[] = {
    {"threads", FACT(threads)},
    {"descriptors", FACT(descriptors)},
    {"passed_descriptors", FACT(passed_descriptors)},
    {"mappings", FACT(mappings)},
    {"shared_memory", FACT(shared_memory)},
    {"timers", FACT(timers)},
    {"children", FACT(children)},
    {0},
};
static const Yard__Resource resources[] = {
    YARD__RESOURCE__THREAD,        YARD__RESOURCE__DESCRIPTOR,    YARD__RESOURCE__DESCRIPTOR,
    YARD__RESOURCE__MAPPING,       YARD__RESOURCE__SHARED_MEMORY, YARD__RESOURCE__TIMER,
    YARD__RESOURCE__CHILD_PROCESS,
};

static bool proc_observe(const struct label *label, const struct moment *moment,
                         struct observation *observation, GError **error)
{
    (void)label;
    (void)observation;
    return kernel_note(moment, facts, error);
}

static bool proc_findings(const struct label *label, const struct subject *subject,
                          const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label;
    (void)ending;
    struct samples samples;
    bool read = kernel_read(subject, facts, &samples, error);
    for (guint i = 0; read && i < samples.width; i++)
        grown_count(&samples, &(struct column){i, facts[i].name, resources[i]}, findings);
    samples_clear(&samples);
    return read;
}

static const struct detector proc = {
    .name = "proc",
    .summary =
        "kernel counts over /proc: threads, descriptors, mappings, timers, children that pile up",
    .languages = BIT(YARD__LANGUAGE__C) | BIT(YARD__LANGUAGE__CGO) | BIT(YARD__LANGUAGE__GO),
    .resources = BIT(YARD__RESOURCE__DESCRIPTOR) | BIT(YARD__RESOURCE__THREAD) |
                 BIT(YARD__RESOURCE__MAPPING) | BIT(YARD__RESOURCE__SHARED_MEMORY) |
                 BIT(YARD__RESOURCE__TIMER) | BIT(YARD__RESOURCE__CHILD_PROCESS),
    .kinds = ANY_KIND,
    .flavour = "plain",
    .looks = LOOKS_LIVE,
    .counts = COUNTS_EXACTLY,
    .passive = true,
    .control = "threads/blocked-consumer",
    .probe = kernel_probe,
    .observe = proc_observe,
    .findings = proc_findings,
};
DETECTOR(proc);
