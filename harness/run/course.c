#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#include "run/command_run.h"
#include "run/course_private.h"
#include "support/failure.h"
#include "support/procfs.h"

#define SETTLE_BUDGET (2 * G_USEC_PER_SEC) /* for all checkpoints of a run */

void course_end(struct course *course, enum outcome outcome, char *reason)
{
    if (course->decided) {
        g_free(reason);
        return;
    }
    course->decided = true;
    course->wake = G_MAXINT64;
    course->outcome.outcome = outcome;
    course->outcome.reason = reason;
    if (course->keeper_started && !course->command_ended)
        keeper_kill(&course->keeper);
    if (course->observer_started)
        keeper_kill(&course->observer_keeper);
    server_kill(&course->server);
}

void course_break(struct course *course, GError *error)
{
    course_end(course, OUTCOME_BROKE, g_strdup(error->message));
    g_error_free(error);
}

/* Is nothing left to be ordered, but the command's end to be waited for? */
static bool is_ending(const struct course *course)
{
    return course->stage == STAGE_STOPS || course->stage == STAGE_SILENT;
}

bool course_program_is_dead(const struct course *course)
{
    return course->outcome.pid != 0 && !process_is_living(course->outcome.pid);
}

char *course_place(const struct course *course)
{
    const struct run_request *request = course->request;
    guint ordered = course->index == 0 ? request->warm_up : request->rounds_per_checkpoint;
    switch (course->stage) {
    case STAGE_AWAITS_SERVER:
        return g_strdup("before the program's server said where it listens");
    case STAGE_AWAITS_READY:
        return g_strdup("before the program said `ready`");
    case STAGE_RUNS:
        return g_strdup_printf("in the %u rounds after round %" G_GUINT64_FORMAT, ordered,
                               course->rounds);
    case STAGE_STOPS:
        return g_strdup("after `stop`");
    case STAGE_SILENT:
        return g_strdup("before the command ended by itself");
    default:
        return g_strdup_printf("at checkpoint %u, after round %" G_GUINT64_FORMAT, course->index,
                               course->rounds);
    }
}

/* ---- Start ---- */

static GStrv environment_of(const struct course *course)
{
    const struct run_request *request = course->request;
    GStrv envp = g_strdupv(request->envp);
    if (!request->silent)
        envp = g_environ_setenv(envp, "YARD_FD", G_STRINGIFY(KEEPER_PROGRAM_PROTOCOL), TRUE);
    if (course->address)
        envp = g_environ_setenv(envp, SERVER_ENVIRONMENT, course->address, TRUE);
    envp = g_environ_setenv(envp, "HOME", request->directory, TRUE);
    envp = g_environ_setenv(envp, "TMPDIR", request->directory, TRUE);
    if (!course->census.table_path)
        return envp;
    const char *others = g_environ_getenv(envp, "LD_PRELOAD");
    g_autofree char *preload = others ? g_strdup_printf("%s:%s", course->census_library, others)
                                      : g_strdup(course->census_library);
    envp = g_environ_setenv(envp, "LD_PRELOAD", preload, TRUE);
    return g_environ_setenv(envp, CENSUS_ENVIRONMENT, course->census.table_path, TRUE);
}

/* A file for the program's output, below the run's folder. */
static int output_below(const char *directory, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(directory, name, NULL);
    return output_open(path, error);
}

static bool start_keeper(struct course *course, int program_end, GError **error)
{
    const char *directory = course->request->directory;
    g_auto(GStrv) envp = environment_of(course);
    struct keeper_spec spec = {
        .directory = course->request->work ? course->request->work : directory,
        .argv = course->request->argv,
        .envp = envp,
        .standard = {input_open(NULL, error), -1, -1},
        .protocol = program_end,
        .memory_limit_kib = course->request->memory_limit_kib,
        .detaches = course->request->detaches,
    };
    if (spec.standard[0] >= 0)
        spec.standard[1] = output_below(directory, "stdout", error);
    if (spec.standard[1] >= 0)
        spec.standard[2] = output_below(directory, "stderr", error);
    bool started = spec.standard[2] >= 0 && keeper_start(&spec, &course->keeper, error);
    for (int i = 0; i < 3; i++) {
        if (spec.standard[i] >= 0)
            close(spec.standard[i]);
    }
    return started;
}

static bool start_speaking(struct course *course, GError **error)
{
    int program_end;
    course->stage = STAGE_AWAITS_READY;
    if (!channel_open(&course->channel, &program_end, error))
        return false;
    course->keeper_started = start_keeper(course, program_end, error);
    close(program_end);
    return course->keeper_started;
}

static bool start_silent(struct course *course, GError **error)
{
    course->stage = STAGE_SILENT;
    course->keeper_started = start_keeper(course, -1, error);
    return course->keeper_started;
}

static bool start_command(struct course *course, GError **error)
{
    course->started = g_get_monotonic_time();
    return course->request->silent ? start_silent(course, error) : start_speaking(course, error);
}

static bool start(struct course *course, GError **error)
{
    const struct run_request *request = course->request;
    for (gsize i = 0; i < request->observer_count; i++) {
        const char *directory = request->observers[i].directory;
        if (g_mkdir_with_parents(directory, 0700) < 0)
            return fail_errno(error, "cannot make the folder %s", directory);
    }
    if (request->census && request->interpose && !course->census_library)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "there is no block counter to preload; `make` builds libcensus.so");
    if (!census_open(&course->census, request, error))
        return false;
    if (request->server.argv != NULL)
        return server_start(&course->server, &request->server, request->directory, error);
    return start_command(course, error);
}

struct course *course_new(const struct run_request *request, const char *census_library)
{
    struct course *course = g_new0(struct course, 1);
    GError *error = NULL;
    course->request = request;
    course->census_library = census_library;
    course->channel = -1;
    course->wake = G_MAXINT64;
    course->settle_budget = SETTLE_BUDGET;
    course->memory_kills = kills_for_memory();
    course->started = g_get_monotonic_time();
    course->deadline = course->started + (gint64)(request->time_limit * G_USEC_PER_SEC);
    course->outcome.checkpoints = g_array_new(FALSE, FALSE, sizeof(struct checkpoint));
    if (!start(course, &error))
        course_break(course, error);
    return course;
}

void course_free(struct course *course)
{
    if (course->channel >= 0)
        close(course->channel);
    if (course->keeper_started)
        keeper_release(&course->keeper);
    server_clear(&course->server);
    g_free(course->address);
    census_close(&course->census);
    observation_clear(&course->observation);
    g_array_unref(course->outcome.checkpoints);
    g_free(course->outcome.reason);
    g_free(course->outcome.said);
    g_free(course->observer_errors);
    g_free(course);
}

/* ---- End ---- */

/* Several lines, made one: a compiler's first may be no more than a heading. */
static char *joined(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_auto(GStrv) words = g_strsplit_set(g_strstrip(valid), " \t\r\n", -1);
    return g_strjoinv(" ", words);
}

/* What the command wrote first on its standard error, or NULL. */
static char *complaint(const struct course *course)
{
    g_autofree char *path = g_build_filename(course->request->directory, "stderr", NULL);
    g_autofree char *text = errors_read(path);
    g_autofree char *said = course->stage == STAGE_SILENT ? joined(text) : first_line(text);
    return *said ? g_steal_pointer(&said) : NULL;
}

/* The kernel kills without a word to whoever is killed, and says elsewhere why. */
static char *how_it_ended(const struct course *course)
{
    const struct ending *ending = &course->outcome.ending;
    g_autofree char *how = ending_text(ending);
    bool starved =
        ending->signalled && ending->code == SIGKILL && kills_for_memory() > course->memory_kills;
    return starved ? g_strconcat(how, ", as the kernel had no memory left for it", NULL)
                   : g_steal_pointer(&how);
}

static char *end_reason(const struct course *course)
{
    const struct run_outcome *outcome = &course->outcome;
    g_autofree char *how = how_it_ended(course);
    g_autofree char *said = outcome->said ? g_strconcat(": ", outcome->said, NULL) : g_strdup("");
    g_autofree char *place = course_place(course);
    if (course->stage == STAGE_AWAITS_READY)
        return g_strdup_printf("the command ended (%s) without the program ever saying ready%s",
                               how, said);
    if (!is_ending(course))
        return g_strdup_printf("the command ended early (%s), %s%s", how, place, said);
    return g_strdup_printf("%u process%s outlived the command", outcome->stragglers,
                           outcome->stragglers == 1 ? "" : "es");
}

static bool has_halted(const struct course *course)
{
    const struct ending *ending = &course->outcome.ending;
    int code = course->request->halt_code;
    return code != 0 && !ending->signalled && ending->code == code &&
           course->stage != STAGE_AWAITS_READY && !is_ending(course);
}

static void conclude(struct course *course, const struct keeper_report *report)
{
    struct run_outcome *outcome = &course->outcome;
    course->command_ended = true;
    outcome->ending = ending_of(report->status);
    bool well = is_ending(course) && !outcome->ending.signalled && outcome->ending.code == 0;
    outcome->said = well ? NULL : complaint(course);
    outcome->stragglers = report->stragglers;
    outcome->peak_kib = report->peak_kib;
    outcome->wall_seconds = (double)(g_get_monotonic_time() - course->started) / G_USEC_PER_SEC;
    outcome->halted = has_halted(course);
    /* What it said last may be unread yet. */
    if (course->stage == STAGE_AWAITS_READY || course->stage == STAGE_STOPS)
        course_hear_program(course);
    if (report->exceeding_kib > 0)
        course_end(course, OUTCOME_BROKE,
                   g_strdup_printf("its processes held %" G_GUINT64_FORMAT
                                   " KiB of memory, the limit is %" G_GUINT64_FORMAT " KiB",
                                   report->exceeding_kib, course->request->memory_limit_kib));
    else if ((is_ending(course) || outcome->halted) && report->stragglers == 0)
        course_end(course, OUTCOME_COMPLETED, NULL);
    else
        course_end(course, OUTCOME_BROKE, end_reason(course));
    census_close(&course->census);
}

/* A detector that leaves its program alone has not seen what it did. If the program has ended as
 * well, KEEPER_ENDED tells how. */
static void be_deserted(struct course *course, const struct keeper_report *report)
{
    if (is_ending(course) || course_program_is_dead(course))
        return;
    struct ending ending = ending_of(report->status);
    g_autofree char *how = ending_text(&ending);
    g_autofree char *place = course_place(course);
    course_end(course, OUTCOME_BROKE,
               g_strdup_printf("the command ended (%s) while its program ran on, %s", how, place));
}

static void hear_keeper(struct course *course)
{
    struct keeper_report report;
    if (!keeper_receive(&course->keeper, &report)) {
        course->command_ended = true;
        course_end(course, OUTCOME_BROKE, g_strdup("the run's keeper was killed"));
        census_close(&course->census);
    } else if (report.event == KEEPER_STARTED) {
        course->command = report.command;
        course_begin(course);
    } else if (report.event == KEEPER_CANNOT_START) {
        course_end(course, OUTCOME_BROKE,
                   g_strdup_printf("cannot start %s: %s", course->request->argv[0],
                                   g_strerror(report.error)));
    } else if (report.event == KEEPER_DESERTED) {
        be_deserted(course, &report);
    } else {
        conclude(course, &report);
    }
}

/* ---- The server ---- */

static void hear_server(struct course *course)
{
    GError *error = NULL;
    course->address = server_hear(&course->server);
    if (course->address != NULL && !start_command(course, &error))
        course_break(course, error);
}

static void watch_server(struct course *course)
{
    char *why;
    if (!server_lives(&course->server, &why))
        course_end(course, OUTCOME_BROKE, why);
}

/* ---- For the runner ---- */

void course_poll(const struct course *course, struct pollfd waiting[COURSE_DESCRIPTORS])
{
    bool listens = !course->decided && course->channel >= 0;
    waiting[0] = (struct pollfd){.fd = listens ? course->channel : -1, .events = POLLIN};
    waiting[1] = (struct pollfd){.fd = course->observer_started ? course->observer_keeper.life : -1,
                                 .events = POLLIN};
    bool keeps = course->keeper_started && !course->command_ended;
    waiting[2] = (struct pollfd){.fd = keeps ? course->keeper.life : -1, .events = POLLIN};
    bool awaits = !course->decided && course->stage == STAGE_AWAITS_SERVER;
    waiting[3] =
        (struct pollfd){.fd = awaits ? server_output(&course->server) : -1, .events = POLLIN};
    waiting[4] = (struct pollfd){.fd = server_life(&course->server), .events = POLLIN};
}

gint64 course_wake(const struct course *course)
{
    if (course_over(course))
        return 0;
    return course->decided ? G_MAXINT64 : MIN(course->wake, course->deadline);
}

void course_serve(struct course *course, const struct pollfd waiting[COURSE_DESCRIPTORS])
{
    if (waiting[4].revents)
        watch_server(course);
    if (waiting[0].revents && !course->decided)
        course_hear_program(course);
    if (waiting[1].revents && course->observer_started)
        course_hear_observer(course);
    if (waiting[2].revents && !course->command_ended)
        hear_keeper(course);
    if (waiting[3].revents && !course->decided)
        hear_server(course);
    gint64 now = g_get_monotonic_time();
    if (!course->decided && now >= course->wake)
        course_step_in_time(course);
    if (!course->decided && now >= course->deadline) {
        g_autofree char *place = course_place(course);
        course_end(course, OUTCOME_TIMED_OUT,
                   g_strdup_printf("not done after %g s, %s", course->request->time_limit, place));
    }
}

void course_excuse(struct course *course, gint64 busy)
{
    course->deadline += busy;
}

void course_interrupt(struct course *course)
{
    course_end(course, OUTCOME_INTERRUPTED, g_strdup("the harness was told to stop"));
}

const struct run_outcome *course_over(const struct course *course)
{
    bool ended = !course->keeper_started || course->command_ended;
    bool alone = !course->observer_started && !course->server.started;
    return course->decided && ended && alone ? &course->outcome : NULL;
}
