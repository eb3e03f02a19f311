#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/command_run.h"
#include "run/interrupt.h"
#include "run/keeper.h"
#include "run/run.h"
#include "support/failure.h"

enum {
    OUTPUT_MAX = 16 * 1024 * 1024,
    ERRORS_SHOWN = 320,
    ERRORS_MAX = 4096, /* kept; the rest is read and dropped */
};

int input_open(const char *text, GError **error)
{
    if (!text) {
        int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
        if (nothing < 0)
            fail_errno(error, "cannot open /dev/null");
        return nothing;
    }
    int descriptor = memfd_create("input", MFD_CLOEXEC);
    gsize length = strlen(text);
    for (gsize written = 0; descriptor >= 0 && written < length;) {
        ssize_t count = write(descriptor, text + written, length - written);
        if (count < 0) {
            close(descriptor);
            descriptor = -1;
        }
        written += (gsize)MAX(count, 0);
    }
    if (descriptor < 0 || lseek(descriptor, 0, SEEK_SET) < 0)
        fail_errno(error, "cannot hand a command its input");
    return descriptor;
}

int output_open(const char *path, GError **error)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0)
        fail_errno(error, "cannot write %s", path);
    return descriptor;
}

char *errors_read(const char *path)
{
    char text[ERRORS_SHOWN + 1];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = descriptor < 0 ? 0 : read(descriptor, text, ERRORS_SHOWN);
    if (descriptor >= 0)
        close(descriptor);
    return g_strndup(text, (gsize)MAX(got, 0));
}

char *first_line(const char *text)
{
    while (g_ascii_isspace(*text))
        text++;
    g_autofree char *line = g_strndup(text, MIN(strcspn(text, "\n"), 200));
    return g_utf8_make_valid(g_strchomp(line), -1);
}

bool command_judge(const char *name, const struct keeper_report *ended, const char *errors,
                   GError **error)
{
    if (WIFEXITED(ended->status) && WEXITSTATUS(ended->status) == 0)
        return true;
    struct ending ending = ending_of(ended->status);
    g_autofree char *how = ending_text(&ending);
    g_autofree char *line = first_line(errors);
    return fail(error, EXIT_INFRASTRUCTURE, "%s ended with %s%s%s", name, how, *line ? ": " : "",
                line);
}

struct ending ending_of(int status)
{
    if (WIFSIGNALED(status))
        return (struct ending){.signalled = true, .code = WTERMSIG(status)};
    return (struct ending){.code = WEXITSTATUS(status)};
}

/* ---- One command, waited for ---- */

struct dialogue {
    const char *name;
    struct keeper keeper;
    int output, errors, interrupt;
    GString *output_text, *errors_text;
    struct keeper_report ended;
    bool gone, killed;
    GError *failure; /* the first */
};

static void end_for(struct dialogue *dialogue, GError *failure)
{
    if (dialogue->failure)
        g_error_free(failure);
    else
        dialogue->failure = failure;
    if (!dialogue->killed)
        keeper_kill(&dialogue->keeper);
    dialogue->killed = true;
}

static void close_pipe(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

/* Reads what there is and closes the pipe at its end. Keeps at most LIMIT bytes;
 * false once there were more. */
static bool drain(int *descriptor, GString *text, gsize limit)
{
    char piece[65536];
    ssize_t got = read(*descriptor, piece, sizeof piece);
    if (got < 0 && errno == EINTR)
        return true;
    if (got <= 0) {
        close_pipe(descriptor);
        return true;
    }
    gsize room = limit - text->len;
    g_string_append_len(text, piece, (gssize)MIN((gsize)got, room));
    return (gsize)got <= room;
}

static void hear_keeper(struct dialogue *dialogue)
{
    struct keeper_report report;
    if (!keeper_receive(&dialogue->keeper, &report)) {
        dialogue->gone = true;
        end_for(dialogue, g_error_new(FAILURE, EXIT_INFRASTRUCTURE,
                                      "the keeper of %s ended before it", dialogue->name));
        /* Who writes into them may live on, and nobody is left to end it. */
        close_pipe(&dialogue->output);
        close_pipe(&dialogue->errors);
    } else if (report.event == KEEPER_STARTED || report.event == KEEPER_DESERTED) {
        return; /* its end tells of stragglers */
    } else if (report.event == KEEPER_CANNOT_START) {
        end_for(dialogue, g_error_new(FAILURE, EXIT_INFRASTRUCTURE, "cannot start %s: %s",
                                      dialogue->name, g_strerror(report.error)));
    } else {
        dialogue->gone = true;
        dialogue->ended = report;
    }
}

static void converse(struct dialogue *dialogue, double seconds)
{
    gint64 deadline = g_get_monotonic_time() + (gint64)(seconds * G_USEC_PER_SEC);
    while (!dialogue->gone || dialogue->output >= 0 || dialogue->errors >= 0) {
        struct pollfd waiting[] = {
            {.fd = dialogue->gone ? -1 : dialogue->keeper.life, .events = POLLIN},
            {.fd = dialogue->output, .events = POLLIN},
            {.fd = dialogue->errors, .events = POLLIN},
            {.fd = dialogue->killed ? -1 : dialogue->interrupt, .events = POLLIN},
        };
        gint64 left = (deadline - g_get_monotonic_time()) / 1000 + 1;
        int timeout = dialogue->killed ? -1 : (int)CLAMP(left, 0, G_MAXINT);
        if (poll(waiting, G_N_ELEMENTS(waiting), timeout) == 0)
            end_for(dialogue, g_error_new(FAILURE, EXIT_INFRASTRUCTURE,
                                          "%s did not end within %g s", dialogue->name, seconds));
        if (waiting[1].revents && !drain(&dialogue->output, dialogue->output_text, OUTPUT_MAX))
            end_for(dialogue, g_error_new(FAILURE, EXIT_INFRASTRUCTURE, "%s wrote more than %d MiB",
                                          dialogue->name, OUTPUT_MAX / 1024 / 1024));
        if (waiting[2].revents)
            drain(&dialogue->errors, dialogue->errors_text, ERRORS_MAX);
        if (waiting[3].revents)
            end_for(dialogue, g_error_new(FAILURE, EXIT_INFRASTRUCTURE, "%s was interrupted",
                                          dialogue->name));
        if (waiting[0].revents)
            hear_keeper(dialogue);
    }
}

static bool start(struct dialogue *dialogue, const char *directory, char *const *argv,
                  const char *input, GError **error)
{
    int output[2] = {-1, -1}, errors[2];
    if (!g_file_test(directory, G_FILE_TEST_IS_DIR))
        return fail(error, EXIT_INFRASTRUCTURE, "cannot run %s in %s: there is no such folder",
                    argv[0], directory);
    int standard_input = input_open(input, error);
    if (standard_input < 0)
        return false;
    if (pipe2(output, O_CLOEXEC) < 0 || pipe2(errors, O_CLOEXEC) < 0) {
        fail_errno(error, "cannot make a pipe to %s", argv[0]);
        close(standard_input);
        close_pipe(&output[0]);
        close_pipe(&output[1]);
        return false;
    }
    g_auto(GStrv) envp = g_environ_setenv(g_get_environ(), "TMPDIR", directory, TRUE);
    struct keeper_spec spec = {
        .directory = directory,
        .argv = argv,
        .envp = envp,
        .standard = {standard_input, output[1], errors[1]},
        .protocol = -1,
    };
    bool started = keeper_start(&spec, &dialogue->keeper, error);
    close(standard_input);
    close(output[1]);
    close(errors[1]);
    dialogue->output = output[0];
    dialogue->errors = errors[0];
    if (!started) {
        close(output[0]);
        close(errors[0]);
    }
    return started;
}

static bool conclude(struct dialogue *dialogue, GError **error)
{
    keeper_release(&dialogue->keeper);
    if (dialogue->failure) {
        g_propagate_error(error, g_steal_pointer(&dialogue->failure));
        return false;
    }
    return command_judge(dialogue->name, &dialogue->ended, dialogue->errors_text->str, error);
}

bool command_run(const char *directory, char *const *argv, const char *input, double seconds,
                 char **output, GError **error)
{
    struct interrupt interrupt;
    struct dialogue dialogue = {.name = argv[0]};
    if (!interrupt_open(&interrupt, error))
        return false;
    dialogue.interrupt = interrupt.descriptor;
    dialogue.output_text = g_string_new(NULL);
    dialogue.errors_text = g_string_new(NULL);
    bool ended_well = start(&dialogue, directory, argv, input, error);
    if (ended_well) {
        converse(&dialogue, seconds);
        ended_well = conclude(&dialogue, error);
    }
    interrupt_close(&interrupt);
    g_string_free(dialogue.errors_text, TRUE);
    char *text = g_string_free(dialogue.output_text, !ended_well);
    if (ended_well && output)
        *output = text;
    else if (ended_well)
        g_free(text);
    return ended_well;
}
