#include "run/keeper.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/run.h"
#include "support/failure.h"

static struct keeper caretaker = {.life = -1};

/* Keeps SPEC, or takes care of FOLDER. */
static bool start(const struct keeper_spec *spec, const char *folder, struct keeper *keeper,
                  GError **error)
{
    int life[2];
    const char *name = spec ? spec->argv[0] : folder;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, life) < 0)
        return fail_errno(error, "cannot make a socket to the keeper of %s", name);
    pid_t pid = fork();
    if (pid == 0 && spec)
        keep(spec, life[1], caretaker.life);
    if (pid == 0)
        take_care(folder, life[1]);
    if (pid < 0)
        fail_errno(error, "cannot start a keeper for %s", name);
    close(life[1]);
    if (pid < 0)
        close(life[0]);
    *keeper = (struct keeper){.pid = pid, .life = life[0]};
    return pid > 0;
}

bool keeper_start(const struct keeper_spec *spec, struct keeper *keeper, GError **error)
{
    return start(spec, NULL, keeper, error);
}

/* A keeper that is gone already has nothing left to be told. */
static void tell(const struct keeper *keeper, char word)
{
    while (send(keeper->life, &word, 1, MSG_NOSIGNAL) < 0 && errno == EINTR)
        ;
}

void keeper_kill(const struct keeper *keeper)
{
    tell(keeper, KEEPER_KILL);
}

bool keeper_receive(const struct keeper *keeper, struct keeper_report *report)
{
    ssize_t got;
    do
        got = recv(keeper->life, report, sizeof *report, 0);
    while (got < 0 && errno == EINTR);
    return got == sizeof *report;
}

void keeper_release(struct keeper *keeper)
{
    tell(keeper, KEEPER_RELEASE);
    close(keeper->life);
    while (waitpid(keeper->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    *keeper = (struct keeper){.life = -1};
}

bool caretaker_start(const char *folder, GError **error)
{
    return start(NULL, folder, &caretaker, error);
}

void caretaker_release(void)
{
    keeper_release(&caretaker);
}
