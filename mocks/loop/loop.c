#include "loop/loop.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/failure.h"

static const int signals[] = {SIGINT, SIGTERM, SIGCHLD};

enum { EXIT_NO_COMMAND = 127 };

struct loop {
    struct event_base *base;
    struct event *on_signal[G_N_ELEMENTS(signals)];
    GPid command; /* 0: there is none, or none any more */
    int code;     /* what to exit with */
};

static void reap(loop_t *loop)
{
    int status;
    if (loop->command == 0 || waitpid(loop->command, &status, WNOHANG) != loop->command)
        return;
    loop->command = 0;
    loop->code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    event_base_loopbreak(loop->base);
}

static void on_signal(evutil_socket_t number, G_GNUC_UNUSED short what, void *context)
{
    loop_t *loop = context;
    if (number == SIGCHLD)
        reap(loop);
    else if (loop->command != 0)
        kill(loop->command, (int)number);
    else
        event_base_loopbreak(loop->base);
}

loop_t *loop_new(GError **error)
{
    g_autoptr(loop_t) loop = g_new0(loop_t, 1);
    signal(SIGPIPE, SIG_IGN); /* a client that has left is an error of its connection */
    /* By its usual clock an answer may come a tick before its time. */
    struct event_config *config = event_config_new();
    if (config != NULL && event_config_set_flag(config, EVENT_BASE_FLAG_PRECISE_TIMER) == 0)
        loop->base = event_base_new_with_config(config);
    if (config != NULL)
        event_config_free(config);
    bool fine = loop->base != NULL;
    for (gsize i = 0; fine && i < G_N_ELEMENTS(signals); i++) {
        loop->on_signal[i] = evsignal_new(loop->base, signals[i], on_signal, loop);
        fine = loop->on_signal[i] != NULL && evsignal_add(loop->on_signal[i], NULL) == 0;
    }
    if (fine)
        return g_steal_pointer(&loop);
    fail_errno(error, "cannot make an event loop");
    return NULL;
}

void loop_free(loop_t *loop)
{
    for (gsize i = 0; i < G_N_ELEMENTS(signals); i++)
        if (loop->on_signal[i] != NULL)
            event_free(loop->on_signal[i]);
    if (loop->base != NULL)
        event_base_free(loop->base);
    libevent_global_shutdown();
    g_free(loop);
}

struct event_base *loop_base(loop_t *loop)
{
    return loop->base;
}

/* In the child: it must not outlive the mock, and is not to inherit what it ignores. */
static void before_command(void *parent)
{
    signal(SIGPIPE, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != GPOINTER_TO_INT(parent))
        _exit(EXIT_INFRASTRUCTURE);
}

/* Whoever started the mock may have left descriptors open for the command. */
static bool start(loop_t *loop, const char *addresses, char *const *command, GError **error)
{
    g_auto(GStrv) environment = g_environ_setenv(g_get_environ(), "YARD_SERVER", addresses, TRUE);
    g_autoptr(GError) cause = NULL;
    if (g_spawn_async(NULL, (char **)command, environment,
                      G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                          G_SPAWN_CHILD_INHERITS_STDIN | G_SPAWN_LEAVE_DESCRIPTORS_OPEN,
                      before_command, GINT_TO_POINTER(getpid()), &loop->command, &cause))
        return true;
    loop->command = 0;
    bool absent = g_error_matches(cause, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT);
    fail(error, EXIT_INFRASTRUCTURE,
         absent ? "there is no command '%s': %s" : "cannot run '%s': %s", command[0],
         cause->message);
    loop->code = absent ? EXIT_NO_COMMAND : EXIT_INFRASTRUCTURE;
    return false;
}

static bool announce(loop_t *loop, const char *addresses, GError **error)
{
    if (printf("%s\n", addresses) > 0 && fflush(stdout) == 0)
        return true;
    fail_errno(error, "standard output: cannot write the address");
    loop->code = EXIT_INFRASTRUCTURE;
    return false;
}

int loop_run(loop_t *loop, const char *addresses, char *const *command, GError **error)
{
    loop->code = EXIT_SUCCESS;
    if (command ? start(loop, addresses, command, error) : announce(loop, addresses, error))
        event_base_dispatch(loop->base);
    return loop->code;
}
