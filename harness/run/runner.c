#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>

#include "run/course.h"
#include "run/interrupt.h"
#include "run/run.h"
#include "support/failure.h"

struct runner {
    guint jobs;
    char *census_library;
    GQueue waiting;    /* of struct run_request *, not owned */
    GPtrArray *active; /* of struct active * */
    bool stopping;
};

struct active {
    struct run_request *request;
    struct course *course;
};

static void active_free(void *data)
{
    struct active *active = data;
    course_free(active->course);
    g_free(active);
}

runner_t *runner_new(guint jobs, const char *census_library)
{
    runner_t *runner = g_new0(runner_t, 1);
    runner->jobs = MAX(jobs, 1);
    runner->census_library = g_strdup(census_library);
    g_queue_init(&runner->waiting);
    runner->active = g_ptr_array_new_with_free_func(active_free);
    return runner;
}

void runner_free(runner_t *runner)
{
    g_queue_clear(&runner->waiting);
    g_ptr_array_unref(runner->active);
    g_free(runner->census_library);
    g_free(runner);
}

void runner_add(runner_t *runner, struct run_request *request)
{
    g_queue_push_tail(&runner->waiting, request);
}

void runner_stop(runner_t *runner)
{
    runner->stopping = true;
    for (guint i = 0; i < runner->active->len; i++) {
        struct active *active = g_ptr_array_index(runner->active, i);
        course_interrupt(active->course);
    }
}

static void never_start(struct run_request *request)
{
    struct run_outcome outcome = {
        .outcome = OUTCOME_INTERRUPTED,
        .reason = (char *)"the harness was told to stop before its turn came",
        .checkpoints = g_array_new(FALSE, FALSE, sizeof(struct checkpoint)),
    };
    request->finished(request, &outcome, request->data);
    g_array_unref(outcome.checkpoints);
}

static void start_waiting(runner_t *runner)
{
    while (!g_queue_is_empty(&runner->waiting)) {
        if (!runner->stopping && runner->active->len >= runner->jobs)
            return;
        struct run_request *request = g_queue_pop_head(&runner->waiting);
        if (runner->stopping) {
            never_start(request);
            continue;
        }
        struct active *active = g_new(struct active, 1);
        active->request = request;
        active->course = course_new(request, runner->census_library);
        g_ptr_array_add(runner->active, active);
    }
}

static void finish_ended(runner_t *runner)
{
    for (guint i = 0; i < runner->active->len;) {
        struct active *active = g_ptr_array_index(runner->active, i);
        const struct run_outcome *outcome = course_over(active->course);
        if (outcome) {
            active->request->finished(active->request, outcome, active->request->data);
            g_ptr_array_remove_index(runner->active, i);
        } else {
            i++;
        }
    }
}

/* Until somebody speaks or time has passed for a course. The first place is the
 * interrupt's, the next ones are the courses'. */
static GArray *wait_for_any(runner_t *runner, int interrupt)
{
    GArray *waiting = g_array_new(FALSE, TRUE, sizeof(struct pollfd));
    g_array_set_size(waiting, 1 + runner->active->len * COURSE_DESCRIPTORS);
    struct pollfd *places = (struct pollfd *)(void *)waiting->data;
    places[0] = (struct pollfd){.fd = interrupt, .events = POLLIN};
    gint64 wake = G_MAXINT64;
    for (guint i = 0; i < runner->active->len; i++) {
        struct active *active = g_ptr_array_index(runner->active, i);
        course_poll(active->course, places + 1 + i * COURSE_DESCRIPTORS);
        wake = MIN(wake, course_wake(active->course));
    }
    gint64 left = wake == G_MAXINT64 ? 0 : MAX(0, wake - g_get_monotonic_time());
    struct timespec timeout = {.tv_sec = left / G_USEC_PER_SEC,
                               .tv_nsec = left % G_USEC_PER_SEC * 1000};
    if (ppoll(places, waiting->len, wake == G_MAXINT64 ? NULL : &timeout, NULL) < 0) {
        for (guint i = 0; i < waiting->len; i++)
            places[i].revents = 0;
    }
    return waiting;
}

static void serve(runner_t *runner, const struct pollfd *waiting)
{
    for (guint i = 0; i < runner->active->len; i++) {
        struct active *active = g_ptr_array_index(runner->active, i);
        course_serve(active->course, waiting + i * COURSE_DESCRIPTORS);
    }
}

static void excuse_all(runner_t *runner, gint64 busy)
{
    for (guint i = 0; i < runner->active->len; i++) {
        struct active *active = g_ptr_array_index(runner->active, i);
        course_excuse(active->course, busy);
    }
}

/* One turn of the loop; returns the number of the signal that interrupts it, or 0. */
static int turn(runner_t *runner, const struct interrupt *interrupt)
{
    g_autoptr(GArray) waiting = wait_for_any(runner, interrupt->descriptor);
    gint64 from = g_get_monotonic_time();
    const struct pollfd *places = (const struct pollfd *)(const void *)waiting->data;
    int number = places[0].revents ? interrupt_take(interrupt) : 0;
    serve(runner, places + 1);
    if (number > 0)
        runner_stop(runner);
    finish_ended(runner);
    excuse_all(runner, g_get_monotonic_time() - from);
    start_waiting(runner);
    return number;
}

bool runner_go(runner_t *runner, GError **error)
{
    struct interrupt interrupt;
    int interrupted = 0;
    if (!interrupt_open(&interrupt, error))
        return false;
    start_waiting(runner);
    while (runner->active->len > 0) {
        int number = turn(runner, &interrupt);
        interrupted = interrupted ? interrupted : number;
    }
    while (interrupted && interrupt_take(&interrupt) > 0)
        ;
    interrupt_close(&interrupt);
    if (interrupted)
        return fail(error, EXIT_INFRASTRUCTURE, "interrupted: %s", strsignal(interrupted));
    return true;
}
