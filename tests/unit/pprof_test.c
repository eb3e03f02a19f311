#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "detect/environment.h"
#include "detect/go_runtime.h"
#include "detect/registry.h"
#include "detector_fixture.h"
#include "schema/message.h"
#include "suite.h"

/* ---- Helpers ---------------------------------------------------------------------- */

/* Leaves a recorded profile where the detector looks for it. */
static void place(const char *recorded, const char *name)
{
    g_autofree char *from = data_path(recorded);
    g_autofree char *to = g_build_filename(folder, name, NULL);
    g_autofree char *bytes = NULL;
    gsize size;
    ck_assert(g_file_get_contents(from, &bytes, &size, NULL));
    ck_assert(g_file_set_contents(to, bytes, (gssize)size, NULL));
}

static struct label *label_of(const char *text)
{
    GError *error = NULL;
    struct label *label = label_parse(text, &error);
    ck_assert_msg(label != NULL, "%s", error ? error->message : "");
    return label;
}

/* What DETECTOR finds in the folder, of a program of GO, or NULL: not known; NULL and *REASON if it
 * refuses. */
static GPtrArray *findings_of(const char *detector, const char *go, char **reason)
{
    struct label *label = label_of(detector);
    char *argv[] = {(char *)"/program", NULL};
    struct subject subject = {.directory = folder, .argv = argv, .go = go};
    struct ending ending = {0};
    GError *error = NULL;
    GPtrArray *findings = g_ptr_array_new_with_free_func(finding_free);
    if (!label->detector->findings(label, &subject, &ending, findings, &error)) {
        ck_assert_ptr_nonnull(error);
        ck_assert_uint_eq(findings->len, 0);
        *reason = g_strdup(error->message);
        g_error_free(error);
        g_ptr_array_unref(findings);
        findings = NULL;
    }
    label_free(label);
    return findings;
}

/* What DETECTOR finds that has grown from one recorded profile to the other. */
static GPtrArray *growth_with(const char *detector, const char *go, const char *base,
                              const char *last)
{
    place(base, "base.pb.gz");
    place(last, "last.pb.gz");
    g_autofree char *reason = NULL;
    GPtrArray *findings = findings_of(detector, go, &reason);
    ck_assert_msg(findings != NULL, "%s", reason);
    return findings;
}

static GPtrArray *growth_found(const char *detector, const char *base, const char *last)
{
    return growth_with(detector, NULL, base, last);
}

static void assert_refuses(const char *detector, const char *reason)
{
    g_autofree char *said = NULL;
    ck_assert_ptr_null(findings_of(detector, NULL, &said));
    ck_assert_msg(strstr(said, reason) != NULL, "'%s' lacks '%s'", said, reason);
}

/* Units of all findings with FUNCTION among their frames; each must be as described. */
static gint64 units_at(const GPtrArray *findings, const char *function, Yard__Claim claim,
                       Yard__Since since)
{
    gint64 units = 0;
    for (guint i = 0; i < findings->len; i++) {
        const Yard__Finding *finding = findings->pdata[i];
        ck_assert_int_eq(finding->claim, claim);
        ck_assert_int_eq(finding->since, since);
        ck_assert_int_gt(finding->units, 0);
        ck_assert(finding->stack_complete);
        for (size_t f = 0; f < finding->n_frame; f++)
            if (g_strcmp0(finding->frame[f]->function, function) == 0) {
                units += finding->units;
                break;
            }
    }
    return units;
}

/* ---- Findings --------------------------------------------------------------------- */

START_TEST(heap_finds_growth)
{
    g_autoptr(GPtrArray) findings =
        growth_found("pprof-heap", "heap-base.pb.gz", "heap-last.pb.gz");
    ck_assert_int_eq(
        units_at(findings, "main.wrap", YARD__CLAIM__OUTSTANDING, YARD__SINCE__WARM_UP), 400);
    const Yard__Finding *first = findings->pdata[0];
    ck_assert_int_eq(first->resource, YARD__RESOURCE__GO_OBJECT);
    ck_assert_int_gt(first->bytes, 0);
}
END_TEST

START_TEST(heap_is_silent_without_growth)
{
    g_autoptr(GPtrArray) findings =
        growth_found("pprof-heap", "heap-last.pb.gz", "heap-last.pb.gz");
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

START_TEST(heap_names_the_descriptors_of_goroutines)
{
    g_autoptr(GPtrArray) findings =
        growth_found("pprof-heap", "heap-goroutines-base.pb.gz", "heap-goroutines-last.pb.gz");
    guint goroutines = 0;
    for (guint i = 0; i < findings->len; i++) {
        const Yard__Finding *finding = findings->pdata[i];
        if (finding->resource != YARD__RESOURCE__GOROUTINE)
            continue;
        goroutines++;
        ck_assert_int_eq(finding->units, 398); /* two of 400 were used again */
    }
    ck_assert_uint_eq(goroutines, 1);
    ck_assert_uint_gt(findings->len, 1);
}
END_TEST

START_TEST(goroutine_finds_growth)
{
    g_autoptr(GPtrArray) findings =
        growth_found("pprof-goroutine", "goroutine-base.pb.gz", "goroutine-last.pb.gz");
    ck_assert_int_eq(
        units_at(findings, "main.wait", YARD__CLAIM__OUTSTANDING, YARD__SINCE__WARM_UP), 130);
    const Yard__Finding *first = findings->pdata[0];
    ck_assert_int_eq(first->resource, YARD__RESOURCE__GOROUTINE);
    ck_assert(!first->has_bytes);
}
END_TEST

START_TEST(a_deep_stack_is_cut)
{
    g_autoptr(GPtrArray) findings =
        growth_found("pprof-goroutine", "goroutine-base.pb.gz", "goroutine-deep.pb.gz");
    guint cut = 0;
    for (guint i = 0; i < findings->len; i++) {
        const Yard__Finding *finding = findings->pdata[i];
        ck_assert_uint_eq(finding->stack_complete, finding->n_frame < go_profile_depth(NULL));
        cut += !finding->stack_complete;
    }
    ck_assert_uint_eq(cut, 1);
    ck_assert_uint_eq(findings->len, 3);
}
END_TEST

/* By Go 1.22.12: of two hundred stacks the outer frames, which are the program's, are not there. */
START_TEST(an_older_go_cuts_sooner)
{
    static const char base[] = "goroutine-go1.22-base.pb.gz",
                      last[] = "goroutine-go1.22-last.pb.gz";
    g_autoptr(GPtrArray) cut = growth_with("pprof-goroutine", "go1.22.12", base, last);
    g_autoptr(GPtrArray) whole = growth_with("pprof-goroutine", "go1.23", base, last);
    const Yard__Finding *finding = cut->pdata[0], *other = whole->pdata[0];
    ck_assert_uint_eq(cut->len, 1);
    ck_assert_int_eq(finding->units, 200);
    ck_assert_uint_eq(finding->n_frame, go_profile_depth("go1.22.12"));
    ck_assert(!finding->stack_complete);
    ck_assert(other->stack_complete);
}
END_TEST

START_TEST(goroutineleak_finds_what_nothing_wakes)
{
    place("goroutineleak-last.pb.gz", "goroutineleak.pb.gz");
    g_autofree char *reason = NULL;
    g_autoptr(GPtrArray) findings = findings_of("goroutineleak", NULL, &reason);
    ck_assert_msg(findings != NULL, "%s", reason);
    ck_assert_uint_eq(findings->len, 1);
    /* Of 143 waiting, 33 wait on channels that are still known. */
    ck_assert_int_eq(units_at(findings, "main.wait", YARD__CLAIM__LEAKED, YARD__SINCE__START), 110);
}
END_TEST

START_TEST(a_missing_or_foreign_profile_is_an_error)
{
    assert_refuses("goroutineleak", "goroutineleak.pb.gz: no profile was written");
    assert_refuses("pprof-heap", "base.pb.gz: no profile was written");
    place("heap-base.pb.gz", "base.pb.gz");
    assert_refuses("pprof-heap", "last.pb.gz: no profile was written");
    place("goroutine-last.pb.gz", "last.pb.gz");
    assert_refuses("pprof-heap", "not profiles of one kind");
    place("goroutine-base.pb.gz", "base.pb.gz");
    assert_refuses("pprof-heap", "it has no 'inuse_objects'");
    place("goroutine-last.pb.gz", "goroutineleak.pb.gz");
    assert_refuses("goroutineleak", "it has no 'goroutineleak'");
    place("parcels.go", "goroutineleak.pb.gz");
    assert_refuses("goroutineleak", "is no pprof profile");
}
END_TEST

/* ---- Launching and looking ----------------------------------------------------------- */

static void assert_godebug(const char *before, const char *after)
{
    struct label *label = label_of("pprof-heap");
    char *argv[] = {(char *)"/program", NULL};
    struct subject subject = {.directory = folder, .argv = argv};
    struct launch launch = launch_new();
    g_ptr_array_add(launch.environment, g_strdup("GODEBUGGER=none"));
    if (before != NULL)
        g_ptr_array_add(launch.environment, g_strdup(before));
    ck_assert(label->detector->command(label, &subject, &launch, NULL));
    ck_assert_uint_eq(launch.environment->len, 2);
    ck_assert_str_eq(environment_get(launch.environment, "GODEBUG"), after);
    ck_assert_str_eq(environment_get(launch.environment, "GODEBUGGER"), "none");
    ck_assert_ptr_null(environment_get(launch.environment, "GO"));
    launch_clear(&launch);
    label_free(label);
}

START_TEST(heap_records_every_allocation)
{
    assert_godebug(NULL, "memprofilerate=1");
    assert_godebug("GODEBUG=", "memprofilerate=1");
    assert_godebug("GODEBUG=asynctimerchan=1", "asynctimerchan=1,memprofilerate=1");
    assert_godebug("GODEBUG=memprofilerate=0", "memprofilerate=0"); /* for doctor to find */
}
END_TEST

/* At CHECKPOINT of 10, DETECTOR asks AGENT for FILE, or for nothing if AGENT is NULL. */
static void assert_look(const char *detector, guint checkpoint, const char *agent, const char *file)
{
    struct label *label = label_of(detector);
    struct moment moment = {1, "/folder", checkpoint, 10, checkpoint + 1};
    struct observation observation = {0};
    ck_assert(label->detector->observe(label, &moment, &observation, NULL));
    ck_assert_str_eq(observation.agent ? observation.agent : "-", agent ? agent : "-");
    ck_assert_str_eq(observation.path ? observation.path : "-", file ? file : "-");
    observation_clear(&observation);
    label_free(label);
}

START_TEST(looks_when_it_should)
{
    assert_look("pprof-heap", 0, "heap-profile", "/folder/base.pb.gz");
    assert_look("pprof-heap", 1, NULL, NULL);
    assert_look("pprof-heap", 10, "heap-profile", "/folder/last.pb.gz");
    assert_look("pprof-goroutine", 0, "goroutine-profile", "/folder/base.pb.gz");
    assert_look("pprof-goroutine", 9, NULL, NULL);
    assert_look("pprof-goroutine", 10, "goroutine-profile", "/folder/last.pb.gz");
    assert_look("goroutineleak", 0, NULL, NULL);
    assert_look("goroutineleak", 9, NULL, NULL);
    assert_look("goroutineleak", 10, "goroutineleak-profile", "/folder/goroutineleak.pb.gz");
    assert_look("goleak", 0, "goleak-ignore-current", "/folder/ignored.txt");
    assert_look("goleak", 9, NULL, NULL);
    assert_look("goleak", 10, "goleak-find", "/folder/goleak.txt");
    assert_look("go-metrics", 0, "runtime-metrics", "/folder/metrics-00-of-10.txt");
    assert_look("go-metrics", 10, "runtime-metrics", "/folder/metrics-10-of-10.txt");
}
END_TEST

/* ---- Probing --------------------------------------------------------------------------- */

/* DETECTOR with a `go` that answers ANSWER; its version, or its refusal in *REASON. */
static char *probed(const char *detector, const char *answer, char **reason)
{
    static guint asked; /* the same one is not asked again */
    g_autofree char *name = g_strdup_printf("go-%u", asked++);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *script = g_strdup_printf("#!/bin/sh\necho '%s'\n", answer);
    ck_assert(
        g_file_set_contents_full(path, script, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0755, NULL));
    struct label *label = label_of(detector);
    label->executable = g_steal_pointer(&path);
    label_probe(label);
    g_free(*reason);
    *reason = g_strdup(label->unusable);
    char *version = g_strdup(label->version);
    label_free(label);
    return version;
}

static void assert_version(const char *detector, const char *answer, const char *wanted)
{
    g_autofree char *reason = NULL;
    g_autofree char *version = probed(detector, answer, &reason);
    ck_assert_msg(reason == NULL, "%s", reason);
    ck_assert_str_eq(version, wanted);
}

static void assert_unusable(const char *detector, const char *answer, const char *wanted)
{
    g_autofree char *reason = NULL;
    g_autofree char *version = probed(detector, answer, &reason);
    ck_assert_str_eq(version, "");
    ck_assert_msg(reason && strstr(reason, wanted), "'%s' lacks '%s'", reason, wanted);
}

START_TEST(asks_go_for_its_version)
{
    assert_version("pprof-heap", "go version go1.26.8 linux/amd64", "go1.26.8");
    assert_version("pprof-goroutine", "go version go1.22.12 linux/arm64", "go1.22.12");
    assert_version("goroutineleak", "go version go1.26.8 linux/amd64", "go1.26.8");
    assert_version("goroutineleak", "go version devel go1.28-1a2b Mon linux/amd64",
                   "devel go1.28-1a2b Mon");
    assert_unusable("pprof-heap", "go version", "not Go");
    assert_unusable("pprof-heap", "gcc (Debian) 12.2.0", "not Go");
}
END_TEST

START_TEST(says_that_go_is_absent)
{
    struct label *label = label_of("pprof-heap");
    label->executable = g_strdup("/nowhere/go");
    label_probe(label);
    ck_assert_ptr_nonnull(label->unusable);
    ck_assert_ptr_nonnull(strstr(label->unusable, "/nowhere/go"));
    label_free(label);
}
END_TEST

static Suite *pprof_suite(void)
{
    Suite *suite = suite_create("pprof");
    TCase *cases = tcase_create("detectors");
    tcase_add_checked_fixture(cases, detector_set_up, detector_tear_down);
    tcase_add_test(cases, heap_finds_growth);
    tcase_add_test(cases, heap_is_silent_without_growth);
    tcase_add_test(cases, heap_names_the_descriptors_of_goroutines);
    tcase_add_test(cases, goroutine_finds_growth);
    tcase_add_test(cases, a_deep_stack_is_cut);
    tcase_add_test(cases, an_older_go_cuts_sooner);
    tcase_add_test(cases, goroutineleak_finds_what_nothing_wakes);
    tcase_add_test(cases, a_missing_or_foreign_profile_is_an_error);
    tcase_add_test(cases, heap_records_every_allocation);
    tcase_add_test(cases, looks_when_it_should);
    tcase_add_test(cases, asks_go_for_its_version);
    tcase_add_test(cases, says_that_go_is_absent);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(pprof_suite);
