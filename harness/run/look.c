/* Observers: their looks, one after the other. */
#include <unistd.h>

#include "run/command_run.h"
#include "run/course_private.h"
#include "support/failure.h"

static const struct observer *observer_of(const struct course *course)
{
    return &course->request->observers[course->observer];
}

static int open_result(const struct course *course, const char *suffix, char **path, GError **error)
{
    *path =
        g_strdup_printf("%s/observe-%u.%s", observer_of(course)->directory, course->index, suffix);
    return output_open(*path, error);
}

static bool start_command(struct course *course, GError **error)
{
    const char *home = course->request->directory;
    g_autofree char *output_path = NULL;
    g_auto(GStrv) envp = g_strdupv(course->request->envp);
    envp = g_environ_setenv(envp, "HOME", home, TRUE);
    envp = g_environ_setenv(envp, "TMPDIR", home, TRUE);
    g_clear_pointer(&course->observer_errors, g_free);
    struct keeper_spec spec = {
        .directory = observer_of(course)->directory,
        .argv = course->observation.argv,
        .envp = envp,
        .standard = {input_open(course->observation.input, error), -1, -1},
        .protocol = -1,
    };
    if (spec.standard[0] >= 0)
        spec.standard[1] = open_result(course, "out", &output_path, error);
    if (spec.standard[1] >= 0)
        spec.standard[2] = open_result(course, "err", &course->observer_errors, error);
    bool started = spec.standard[2] >= 0 && keeper_start(&spec, &course->observer_keeper, error);
    for (int i = 0; i < 3; i++) {
        if (spec.standard[i] >= 0)
            close(spec.standard[i]);
    }
    return started;
}

static void run_command(struct course *course)
{
    GError *error = NULL;
    course->observer_started = start_command(course, &error);
    if (course->observer_started)
        course->stage = STAGE_OBSERVES;
    else
        course_break(course, error);
}

static void next_observer(struct course *course)
{
    observation_clear(&course->observation);
    if (course->channel < 0)
        return; /* it left meanwhile: whoever waits for its end will say so */
    course->observer++;
    course_look(course);
}

/* Asks the next observer what it wants. */
static void ask(struct course *course)
{
    const struct observer *observer = observer_of(course);
    struct moment moment = {
        .pid = course->outcome.pid,
        .directory = observer->directory,
        .checkpoint = course->index,
        .checkpoints = course->request->checkpoints,
        .rounds = course->rounds,
    };
    GError *error = NULL;
    if (!observer->look(observer->data, &moment, &course->observation, &error))
        course_be_blind(course, error);
    else if (course->decided) /* by the observer: runner_stop */
        return;
    else if (course->observation.agent)
        course_send(course, STAGE_LOOKS, "look %s %s", course->observation.agent,
                    course->observation.path);
    else if (course->observation.argv)
        run_command(course);
    else
        next_observer(course);
}

void course_look(struct course *course)
{
    if (course->observer >= course->request->observer_count)
        course_count(course);
    else if (course->observation.agent && course->observation.argv)
        run_command(course); /* its agent has looked already */
    else if (course->observation.agent)
        next_observer(course);
    else
        ask(course);
}

static void judge_command(struct course *course, const struct keeper_report *ended)
{
    GError *error = NULL;
    g_autofree char *errors = errors_read(course->observer_errors);
    if (command_judge(course->observation.argv[0], ended, errors, &error))
        next_observer(course);
    else
        course_be_blind(course, error);
}

void course_hear_observer(struct course *course)
{
    struct keeper_report report;
    const char *name = course->observation.argv[0];
    bool heard = keeper_receive(&course->observer_keeper, &report);
    if (heard && (report.event == KEEPER_STARTED || report.event == KEEPER_DESERTED))
        return; /* its end tells of stragglers */
    if (heard && report.event == KEEPER_CANNOT_START) {
        course_end(course, OUTCOME_BROKE,
                   g_strdup_printf("cannot start %s: %s", name, g_strerror(report.error)));
        return;
    }
    keeper_release(&course->observer_keeper);
    course->observer_started = false;
    if (!heard)
        course_end(course, OUTCOME_BROKE, g_strdup_printf("the keeper of %s was killed", name));
    else if (!course->decided)
        judge_command(course, &report);
}
