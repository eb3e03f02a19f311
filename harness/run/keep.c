/* A keeper's own life. Nothing here returns to the harness's code. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "run/keeper.h"
#include "run/sandbox.h"
#include "support/procfs.h"
#include "support/tree.h"

enum {
    MEMORY_PERIOD_MS = 200,
    GRACE_MS = 100, /* for processes that are just about to end with the command */
};

struct household {
    const struct keeper_spec *spec;
    int life;
    int child_ends; /* signalfd */
    pid_t command;
    bool command_ended;
    bool orphaned; /* the harness is gone */
    struct keeper_report report;
};

/* A daemon's command has ended well: its orphan, ours by now, is the command then. It may
 * have ended too, and wait to be reaped. */
static bool passes_on(struct household *household)
{
    g_autoptr(GArray) children = g_array_new(FALSE, FALSE, sizeof(pid_t));
    process_children(getpid(), children, NULL);
    if (children->len == 0)
        return false;
    household->command = g_array_index(children, pid_t, 0);
    return true;
}

static void note_end(struct household *household, pid_t pid, int status, const struct rusage *usage)
{
    household->report.peak_kib = MAX(household->report.peak_kib, (guint64)usage->ru_maxrss);
    if (pid != household->command)
        return;
    if (household->spec->detaches && status == 0 && passes_on(household))
        return;
    household->command_ended = true;
    household->report.status = status;
}

static void reap_ended(struct household *household)
{
    struct signalfd_siginfo ignored;
    while (read(household->child_ends, &ignored, sizeof ignored) > 0)
        ;
    int status;
    struct rusage usage;
    for (pid_t pid; (pid = wait4(-1, &status, WNOHANG, &usage)) > 0;)
        note_end(household, pid, status, &usage);
}

/* Ends every descendant: kills the children, waits for one, whose own children
 * are ours by then, and so on until there is none. */
static void end_all(struct household *household)
{
    int status;
    struct rusage usage;
    pid_t pid;
    if (!household->command_ended)
        kill(-household->command, SIGKILL); /* its group at once, the rest one by one */
    do {
        g_autoptr(GArray) children = g_array_new(FALSE, FALSE, sizeof(pid_t));
        process_children(getpid(), children, NULL);
        for (guint i = 0; i < children->len; i++)
            kill(g_array_index(children, pid_t, i), SIGKILL);
        pid = wait4(-1, &status, 0, &usage);
        if (pid > 0)
            note_end(household, pid, status, &usage);
    } while (pid > 0 || errno == EINTR);
}

/* All descendants that are no zombies. */
static GArray *living_descendants(void)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(pid_t));
    GArray *living = g_array_new(FALSE, FALSE, sizeof(pid_t));
    process_children(getpid(), all, NULL);
    for (guint i = 0; i < all->len; i++) {
        pid_t pid = g_array_index(all, pid_t, i);
        if (process_is_living(pid))
            g_array_append_val(living, pid);
        process_children(pid, all, NULL);
    }
    return living;
}

/* Waits for the next of: a word from the harness, an ended child, TIMEOUT_MS. */
static bool harness_wants_the_end(struct household *household, int timeout_ms)
{
    struct pollfd waiting[] = {{.fd = household->life, .events = POLLIN},
                               {.fd = household->child_ends, .events = POLLIN}};
    if (poll(waiting, G_N_ELEMENTS(waiting), timeout_ms) <= 0 || !waiting[0].revents)
        return false;
    char word;
    household->orphaned = recv(household->life, &word, 1, 0) <= 0;
    return true;
}

static bool memory_exceeded(struct household *household)
{
    if (household->spec->memory_limit_kib == 0)
        return false;
    g_autoptr(GArray) living = living_descendants();
    guint64 resident = 0;
    for (guint i = 0; i < living->len; i++)
        resident += process_resident_kib(g_array_index(living, pid_t, i));
    if (resident <= household->spec->memory_limit_kib)
        return false;
    household->report.exceeding_kib = resident;
    return true;
}

static gint64 now_ms(void)
{
    return g_get_monotonic_time() / 1000;
}

static void say(const struct household *household, const struct keeper_report *report)
{
    send(household->life, report, sizeof *report, MSG_NOSIGNAL);
}

/* The command has ended by itself: who is still there after a moment of grace? */
static void count_stragglers(struct household *household)
{
    gint64 until = now_ms() + GRACE_MS;
    for (bool first = true;; first = false) {
        reap_ended(household);
        g_autoptr(GArray) living = living_descendants();
        household->report.stragglers = living->len;
        if (first && living->len > 0)
            say(household, &(struct keeper_report){.event = KEEPER_DESERTED,
                                                   .status = household->report.status});
        gint64 left = until - now_ms();
        if (living->len == 0 || left <= 0 || harness_wants_the_end(household, (int)left))
            return;
    }
}

/* Until the command ends, or has to. */
static void watch(struct household *household)
{
    int period = household->spec->memory_limit_kib ? MEMORY_PERIOD_MS : -1;
    gint64 next_look = now_ms() + period;
    while (!household->command_ended) {
        int timeout = period < 0 ? -1 : (int)MAX(0, next_look - now_ms());
        if (harness_wants_the_end(household, timeout))
            return;
        reap_ended(household);
        if (period > 0 && now_ms() >= next_look) {
            if (memory_exceeded(household))
                return;
            next_look = now_ms() + period;
        }
    }
    count_stragglers(household);
}

static void settle_in(void)
{
    setsid(); /* no terminal's Ctrl-C comes here; the harness says when */
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_NAME, "keeper");
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    signal(SIGCHLD, SIG_DFL);
}

/* False and errno if there is no command to keep. */
static bool begin(struct household *household, int held)
{
    struct sandbox_command *command = sandbox_command_copy(household->spec);
    if (!command || !sandbox_descriptors(household->spec, household->life, held))
        return false;
    household->life = SANDBOX_LIFE;
    sigset_t child_ends;
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    /* Out of the way of the places that are closed below. */
    int low = signalfd(-1, &child_ends, SFD_CLOEXEC | SFD_NONBLOCK);
    household->child_ends = low < 0 ? -1 : fcntl(low, F_DUPFD_CLOEXEC, SANDBOX_END);
    if (household->child_ends < 0)
        return false;
    close(low);
    sandbox_shed_heap();
    household->command = _Fork();
    if (household->command == 0)
        sandbox_exec(command);
    if (household->command < 0)
        return false; /* errno says why */
    for (int place = 0; place < SANDBOX_LIFE; place++)
        close(place);
    return true;
}

/* False if the harness, and all who held its end of the socket, went instead. */
static bool await_release(int life)
{
    char word = KEEPER_KILL;
    ssize_t got;
    do
        got = recv(life, &word, 1, 0);
    while (got > 0 && word != KEEPER_RELEASE);
    return got > 0;
}

void take_care(const char *folder, int life)
{
    struct keeper_spec nothing = {.standard = {-1, -1, -1}, .protocol = -1};
    settle_in();
    if (sandbox_descriptors(&nothing, life, -1) && !await_release(SANDBOX_LIFE))
        tree_remove(folder, NULL);
    _exit(0);
}

void keep(const struct keeper_spec *spec, int life, int held)
{
    struct household household = {.spec = spec, .life = life, .report = {.event = KEEPER_ENDED}};
    settle_in();
    if (begin(&household, held)) {
        say(&household,
            &(struct keeper_report){.event = KEEPER_STARTED, .command = household.command});
        watch(&household);
        end_all(&household);
    } else {
        say(&household, &(struct keeper_report){.event = KEEPER_CANNOT_START, .error = errno});
        close_range(0, household.life - 1, 0); /* whoever reads there is not to wait */
        close_range(household.life + 1, ~0u, 0);
    }
    say(&household, &household.report);
    if (!household.orphaned)
        await_release(household.life);
    _exit(0);
}
