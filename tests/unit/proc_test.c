#include <glib.h>
#include <string.h>

#include "detect/parse/samples.h"
#include "detector_fixture.h"
#include "suite.h"

#define HEADER                                                                                     \
    "checkpoint,checkpoints,rounds,threads,descriptors,passed_descriptors,mappings,shared_memory," \
    "timers,children\n"

/* Ten threads a checkpoint that wait for ever; each keeps its stack mapped. */
START_TEST(blocked_threads_are_found)
{
    g_autofree char *text = recorded("proc/blocked-threads.csv");
    ck_assert(finds_in("proc", "facts.csv", text));
    ck_assert_uint_eq(findings->len, 2);
    const Yard__Finding *threads = g_ptr_array_index(findings, 0);
    const Yard__Finding *mappings = g_ptr_array_index(findings, 1);
    ck_assert_int_eq(threads->resource, YARD__RESOURCE__THREAD);
    ck_assert_int_eq(threads->claim, YARD__CLAIM__OUTSTANDING);
    ck_assert_int_eq(threads->since, YARD__SINCE__WARM_UP);
    ck_assert_int_eq(threads->units, 100);
    ck_assert_uint_eq(threads->n_frame, 0);
    ck_assert_ptr_nonnull(strstr(threads->text, "threads grew steadily from "));
    ck_assert_int_eq(mappings->resource, YARD__RESOURCE__MAPPING);
}
END_TEST

START_TEST(steady_program_has_no_findings)
{
    g_autofree char *text = recorded("proc/steady.csv");
    ck_assert(finds_in("proc", "facts.csv", text));
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

START_TEST(every_cut_is_refused)
{
    g_autofree char *text = recorded("proc/blocked-threads.csv");
    for (gsize length = 0; length < strlen(text); length++) {
        g_autofree char *part = g_strndup(text, length);
        ck_assert_msg(!finds_in("proc", "facts.csv", part), "cut after %zu bytes, and accepted",
                      length);
        ck_assert_ptr_nonnull(problem);
    }
}
END_TEST

static const char *const damages[] = {
    HEADER "0,0,1,1,3,0,4,0,0,-1\n",                      /* a negative count */
    HEADER "0,0,1,1,3,0,4,0,0\n",                         /* a column less */
    HEADER "0,0,1,1,3,0,4,0,0,0,0\n",                     /* one more */
    HEADER "1,1,11,1,3,0,4,0,0,0\n",                      /* does not begin with 0 */
    HEADER "0,1,1,1,3,0,4,0,0,0\n0,1,1,1,3,0,4,0,0,0\n",  /* twice the same */
    HEADER "0,0,1,1,3,0,4,0,0,0\n1,0,11,1,3,0,4,0,0,0\n", /* more than there are */
    HEADER "0,0,1,1,many,0,4,0,0,0\n",                    /* no number */
    "checkpoint,checkpoints,rounds,threads\n0,0,1,1\n",   /* of another detector */
};

START_TEST(damage_is_refused)
{
    ck_assert(!finds_in("proc", "facts.csv", damages[_i]));
    ck_assert_ptr_nonnull(strstr(problem->message, "facts.csv: "));
}
END_TEST

START_TEST(missing_artefact_is_refused)
{
    struct samples samples;
    const char *const columns[] = {"threads", NULL};
    g_autofree char *path = g_build_filename(folder, "none.csv", NULL);
    ck_assert(!samples_read(&samples, path, columns, &problem));
    samples_clear(&samples);
}
END_TEST

START_TEST(samples_come_back_as_written)
{
    const char *const columns[] = {"threads", "descriptors", NULL};
    g_autofree char *path = g_build_filename(folder, "facts.csv", NULL);
    for (guint i = 0; i < 3; i++) {
        struct moment moment = {.checkpoint = i, .checkpoints = 2, .rounds = 1 + 10 * i};
        gint64 values[] = {4 + i, 9};
        ck_assert(samples_append(path, columns, values, &moment, &problem));
    }
    struct samples samples;
    ck_assert(samples_read(&samples, path, columns, &problem));
    ck_assert_uint_eq(samples.count, 3);
    ck_assert_uint_eq(samples.width, 2);
    ck_assert_int_eq(samples.values[4], 6);
    ck_assert_int_eq(samples.values[5], 9);
    samples_clear(&samples);
}
END_TEST

static Suite *proc_suite(void)
{
    Suite *suite = suite_create("proc");
    TCase *facts = tcase_create("facts");
    tcase_add_checked_fixture(facts, detector_set_up, detector_tear_down);
    tcase_add_test(facts, blocked_threads_are_found);
    tcase_add_test(facts, steady_program_has_no_findings);
    tcase_add_test(facts, every_cut_is_refused);
    tcase_add_loop_test(facts, damage_is_refused, 0, G_N_ELEMENTS(damages));
    tcase_add_test(facts, missing_artefact_is_refused);
    tcase_add_test(facts, samples_come_back_as_written);
    suite_add_tcase(suite, facts);
    return suite;
}
SUITE(proc_suite);
