/* The protocol, from checkpoint to checkpoint. */
#include <signal.h>
#include <stdarg.h>
#include <unistd.h>

#include "run/course_private.h"
#include "support/failure.h"
#include "support/procfs.h"

enum {
    SETTLE_FIRST = 50,  /* µs until the second look, doubled up to the next */
    SETTLE_LAST = 1000, /* µs */
    HUNG_UP_MS = 500,   /* from the end of the protocol to that of the command */
};

bool course_send(struct course *course, enum stage next, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    GError *error = NULL;
    if (!channel_send(course->channel, &error, "%s", text)) {
        course_break(course, error);
        return false;
    }
    course->stage = next;
    return true;
}

/* Has a command, which is to stay for as long as its program runs, left it alone? */
static bool is_deserted(const struct course *course)
{
    return !course->request->detaches && !process_is_living(course->command);
}

static void order_rounds(struct course *course)
{
    const struct run_request *request = course->request;
    bool over = course->index > request->checkpoints;
    if (over && is_deserted(course))
        return; /* its keeper will say so */
    if (over && request->end_signal != 0) {
        course->stage = STAGE_STOPS;
        kill(course->outcome.pid, request->end_signal);
    } else if (over)
        course_send(course, STAGE_STOPS, "stop");
    else
        course_send(course, STAGE_RUNS, "run %u",
                    course->index == 0 ? request->warm_up : request->rounds_per_checkpoint);
}

void course_begin(struct course *course)
{
    if (course->ready && course->command != 0 && course->stage == STAGE_AWAITS_READY)
        order_rounds(course);
}

static void leave_checkpoint(struct course *course)
{
    course->index++;
    order_rounds(course);
}

/* ---- At a checkpoint: settle, look, count ---- */

static struct checkpoint *current(struct course *course)
{
    return &g_array_index(course->outcome.checkpoints, struct checkpoint, course->index);
}

void course_be_blind(struct course *course, GError *error)
{
    if (process_is_ending(course->outcome.pid))
        g_error_free(error); /* its keeper will say how it ended */
    else
        course_break(course, error);
}

static void take_census(struct course *course);

static void settle(struct course *course)
{
    course->wake = G_MAXINT64;
    GError *error = NULL;
    bool settled = process_is_settled(course->outcome.pid, &course->settle_digest, &error);
    if (error) {
        course_be_blind(course, error);
        return;
    }
    if (!settled && course->settle_budget > 0) {
        course->wake = g_get_monotonic_time() + course->settle_step;
        course->settle_budget -= course->settle_step;
        course->settle_step = MIN(2 * course->settle_step, SETTLE_LAST);
        return;
    }
    if (!settled)
        current(course)->unsettled = true;
    if (course->counting)
        take_census(course);
    else
        course_look(course);
}

static void begin_to_settle(struct course *course, bool counting)
{
    course->stage = STAGE_SETTLES;
    course->counting = counting;
    course->settle_digest = 0;
    course->settle_step = SETTLE_FIRST;
    settle(course);
}

static void enter_checkpoint(struct course *course, const struct message *done)
{
    course->rounds += done->rounds;
    struct checkpoint checkpoint = {
        .rounds = course->rounds,
        .value = done->value,
        .born = done->born,
        .died = done->died,
        .unsettled = done->unsettled,
    };
    g_array_append_val(course->outcome.checkpoints, checkpoint);
    if (course->request->observer_count == 0 && !course->request->census) {
        leave_checkpoint(course);
        return;
    }
    course->observer = 0;
    begin_to_settle(course, false);
}

/* What was counted holds if all who slept sleep on. Else it is counted again: a thread of
 * Go's that was just made, for one, has not yet freed what it was made with. */
static void take_census(struct course *course)
{
    GError *error = NULL;
    bool settled = false;
    if (census_take(&course->census, course->outcome.pid, &current(course)->census, &error))
        settled = process_is_settled(course->outcome.pid, &course->settle_digest, &error);
    if (error != NULL)
        course_be_blind(course, error);
    else if (settled || course->settle_budget <= 0)
        leave_checkpoint(course);
    else
        begin_to_settle(course, true);
}

void course_count(struct course *course)
{
    if (!course->request->census)
        leave_checkpoint(course);
    else if (course->census.go_path) {
        unlink(course->census.go_path); /* that of the last checkpoint */
        course_send(course, STAGE_COUNTS, "look census %s", course->census.go_path);
    } else
        begin_to_settle(course, true);
}

/* ---- What the program says ---- */

static void unexpected(struct course *course, const char *text)
{
    g_autofree char *place = course_place(course);
    course_end(course, OUTCOME_BROKE,
               g_strdup_printf("the program sent “%.80s” out of turn, %s", text, place));
}

static void hear_done(struct course *course, const struct message *message)
{
    const struct run_request *request = course->request;
    guint ordered = course->index == 0 ? request->warm_up : request->rounds_per_checkpoint;
    if (message->rounds == ordered)
        enter_checkpoint(course, message);
    else
        course_end(course, OUTCOME_BROKE,
                   g_strdup_printf("the program was told to run %u rounds and says it did "
                                   "%" G_GUINT64_FORMAT,
                                   ordered, message->rounds));
}

static void hear_looked(struct course *course, const struct message *message)
{
    bool census = course->stage == STAGE_COUNTS;
    if (message->kind == MESSAGE_CANNOT)
        course_end(course, OUTCOME_BROKE,
                   g_strdup_printf("the program cannot look with its agent %s: %s",
                                   census ? "census" : course->observation.agent, message->reason));
    else
        begin_to_settle(course, census);
}

static void hear(struct course *course, const struct message *message, const char *text)
{
    enum stage stage = course->stage;
    if (stage == STAGE_AWAITS_READY && message->kind == MESSAGE_READY && !course->ready) {
        course->ready = true;
        course_begin(course);
    } else if (stage == STAGE_RUNS && message->kind == MESSAGE_DONE)
        hear_done(course, message);
    else if ((stage == STAGE_LOOKS || stage == STAGE_COUNTS) &&
             (message->kind == MESSAGE_LOOKED || message->kind == MESSAGE_CANNOT))
        hear_looked(course, message);
    else
        unexpected(course, text);
}

/* The first to speak is the program; nobody else may. */
static bool is_the_program(struct course *course, pid_t sender, const struct message *message)
{
    if (course->outcome.pid == 0 && message->kind == MESSAGE_READY)
        course->outcome.pid = sender;
    if (sender == course->outcome.pid || course->outcome.pid == 0)
        return true;
    course_end(course, OUTCOME_BROKE,
               g_strdup_printf("process %d spoke in place of the program, which is process %d",
                               (int)sender, (int)course->outcome.pid));
    return false;
}

/* Normally the command's end follows at once, and tells more. */
static void hang_up(struct course *course)
{
    close(course->channel);
    course->channel = -1;
    if (course->stage != STAGE_STOPS)
        course->wake = g_get_monotonic_time() + HUNG_UP_MS * 1000;
}

void course_hear_program(struct course *course)
{
    char text[PROTOCOL_MESSAGE_MAX + 1];
    struct message message;
    pid_t sender;
    GError *error = NULL;
    if (course->channel < 0)
        return;
    switch (channel_receive(course->channel, text, &message, &sender, &error)) {
    case CHANNEL_MESSAGE:
        if (is_the_program(course, sender, &message))
            hear(course, &message, text);
        break;
    case CHANNEL_CLOSED:
        hang_up(course);
        break;
    case CHANNEL_NONSENSE:
        course_break(course, error);
        break;
    }
}

void course_step_in_time(struct course *course)
{
    if (course->channel >= 0) {
        settle(course);
        return;
    }
    if (is_deserted(course)) { /* its keeper will tell, when it gets to it */
        course->wake = G_MAXINT64;
        return;
    }
    g_autofree char *place = course_place(course);
    bool dead = course_program_is_dead(course);
    course_end(course, OUTCOME_BROKE,
               g_strdup_printf(dead ? "the program ended early, %s; its command ran on"
                                    : "the program closed its end of the protocol, %s",
                               place));
}
