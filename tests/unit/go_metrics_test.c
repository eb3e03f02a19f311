#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "detect/registry.h"
#include "detector_fixture.h"
#include "suite.h"

/* Recorded are the artefacts of a whole run, one after the other. */
#define METRICS     4
#define CHECKPOINTS 10

static char *artefact_name(guint checkpoint)
{
    return g_strdup_printf("metrics-%02u-of-%02u.txt", checkpoint, CHECKPOINTS);
}

static void leave_checkpoint(guint checkpoint, const char *text)
{
    g_autofree char *name = artefact_name(checkpoint);
    leave(name, text, -1);
}

static char *checkpoint_of(char **lines, guint checkpoint)
{
    char **line = lines + METRICS * checkpoint;
    return g_strdup_printf("%s\n%s\n%s\n%s\n", line[0], line[1], line[2], line[3]);
}

static void leave_run(const char *name)
{
    g_autofree char *text = recorded(name);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    ck_assert_uint_eq(g_strv_length(lines), METRICS * (CHECKPOINTS + 1) + 1);
    for (guint i = 0; i <= CHECKPOINTS; i++) {
        g_autofree char *part = checkpoint_of(lines, i);
        leave_checkpoint(i, part);
    }
}

/* One whose heap goes from 1 MiB up by STEP bytes a checkpoint, its objects by OBJECTS. */
static void leave_heap(gint64 step, gint64 objects)
{
    for (guint i = 0; i <= CHECKPOINTS; i++) {
        g_autofree char *text =
            g_strdup_printf("/sched/goroutines:goroutines 8\n"
                            "/sched/threads/total:threads 7\n"
                            "/gc/heap/objects:objects %" G_GINT64_FORMAT "\n"
                            "/memory/classes/heap/objects:bytes %" G_GINT64_FORMAT "\n",
                            1000 + objects * i, (1 << 20) + step * i);
        leave_checkpoint(i, text);
    }
}

static void assert_refused(const char *reason)
{
    ck_assert(!finds_left("go-metrics"));
    ck_assert_msg(strstr(problem->message, reason), "'%s' lacks '%s'", problem->message, reason);
}

/* What the finding of RESOURCE counts; 0 if there is none. */
static gint64 units_of(Yard__Resource resource)
{
    for (guint i = 0; i < findings->len; i++) {
        ck_assert_int_eq(at(i)->claim, YARD__CLAIM__OUTSTANDING);
        ck_assert_int_eq(at(i)->since, YARD__SINCE__WARM_UP);
        if (at(i)->resource == resource)
            return at(i)->units;
    }
    return 0;
}

/* In the sound blocked-consumer ended goroutines, kept for reuse, make more and more
 * objects. */
static const struct {
    const char *name;
    guint findings;
    gint64 goroutines, objects;
} runs[] = {
    {"go-metrics/blocked-consumer-leaky.txt", 2, 400, 1197},
    {"go-metrics/blocked-consumer-fixed.txt", 0, 0, 0},
    {"go-metrics/dropped-ticker-leaky.txt", 1, 0, 30000},
    {"go-metrics/unbounded-cache-leaky.txt", 1, 0, 2062},
    {"go-metrics/unbounded-cache-fixed.txt", 0, 0, 0},
};

START_TEST(recorded_programs)
{
    leave_run(runs[_i].name);
    ck_assert_msg(finds_left("go-metrics"), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, runs[_i].findings);
    ck_assert_int_eq(units_of(YARD__RESOURCE__GOROUTINE), runs[_i].goroutines);
    ck_assert_int_eq(units_of(YARD__RESOURCE__GO_OBJECT), runs[_i].objects);
}
END_TEST

START_TEST(heap_is_judged_by_its_size)
{
    leave_heap(0, 50);
    ck_assert(finds_left("go-metrics"));
    ck_assert_uint_eq(findings->len, 0);
    leave_heap(64 << 10, 50);
    ck_assert(finds_left("go-metrics"));
    ck_assert_uint_eq(findings->len, 1);
    ck_assert_int_eq(at(0)->units, 500);
    ck_assert_int_eq(at(0)->bytes, 640 << 10);
    ck_assert_ptr_nonnull(strstr(at(0)->text, "the live heap grows by 64.0 KiB a checkpoint"));
}
END_TEST

START_TEST(one_object_that_grows_is_no_count)
{
    leave_heap(64 << 10, 0);
    ck_assert(finds_left("go-metrics"));
    ck_assert_uint_eq(findings->len, 1);
    ck_assert(!at(0)->has_units);
}
END_TEST

START_TEST(every_cut_is_refused)
{
    leave_run("go-metrics/dropped-ticker-leaky.txt");
    g_autofree char *name = artefact_name(CHECKPOINTS);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *text = NULL;
    ck_assert(g_file_get_contents(path, &text, NULL, NULL));
    for (gsize length = 0; length < strlen(text); length++) {
        leave(name, text, (gssize)length);
        assert_refused("metrics-10-of-10.txt: ");
    }
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

#define GOROUTINES "/sched/goroutines:goroutines 8\n"
#define THREADS    "/sched/threads/total:threads 7\n"
#define OBJECTS    "/gc/heap/objects:objects 300\n"
#define BYTES      "/memory/classes/heap/objects:bytes 130000\n"

static const char *const damages[] = {
    GOROUTINES THREADS OBJECTS BYTES "\n",
    GOROUTINES THREADS OBJECTS BYTES BYTES,
    GOROUTINES OBJECTS THREADS BYTES,
    GOROUTINES THREADS OBJECTS "/memory/classes/heap/objects:bytes -1\n",
    GOROUTINES THREADS OBJECTS "/memory/classes/heap/objects:bytes 9223372036854775808\n",
    GOROUTINES THREADS OBJECTS "/memory/classes/heap/objects:bytes\n",
    GOROUTINES THREADS OBJECTS "/memory/classes/heap/objects:bytes 1e6\n",
    GOROUTINES THREADS OBJECTS "/memory/classes/heap/objects:bytes 130000 KiB\n",
    "checkpoint,checkpoints,rounds,threads\n0,0,1,1\n",
};

START_TEST(damage_is_refused)
{
    leave_heap(0, 0);
    leave_checkpoint(4, damages[_i]);
    assert_refused("metrics-04-of-10.txt: ");
}
END_TEST

START_TEST(a_missing_checkpoint_is_refused)
{
    assert_refused("no metrics were written");
    for (guint i = 0; i <= CHECKPOINTS; i++) {
        g_autofree char *name = artefact_name(i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        leave_heap(0, 0);
        ck_assert_int_eq(g_unlink(path), 0);
        assert_refused(name);
    }
}
END_TEST

static Suite *go_metrics_suite(void)
{
    Suite *suite = suite_create("go_metrics");
    TCase *cases = tcase_create("metrics");
    tcase_add_checked_fixture(cases, detector_set_up, detector_tear_down);
    tcase_add_loop_test(cases, recorded_programs, 0, G_N_ELEMENTS(runs));
    tcase_add_test(cases, heap_is_judged_by_its_size);
    tcase_add_test(cases, one_object_that_grows_is_no_count);
    tcase_add_test(cases, every_cut_is_refused);
    tcase_add_loop_test(cases, damage_is_refused, 0, G_N_ELEMENTS(damages));
    tcase_add_test(cases, a_missing_checkpoint_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(go_metrics_suite);
