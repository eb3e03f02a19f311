#include "run/interrupt.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include "support/failure.h"

/* One that is ignored stays so: nohup means it. */
static void want(sigset_t *wanted, int number)
{
    struct sigaction action;
    if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_IGN)
        sigaddset(wanted, number);
}

bool interrupt_open(struct interrupt *interrupt, GError **error)
{
    sigset_t wanted;
    sigemptyset(&wanted);
    want(&wanted, SIGINT);
    want(&wanted, SIGTERM);
    want(&wanted, SIGHUP);
    interrupt->descriptor = signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
    if (interrupt->descriptor < 0)
        return fail_errno(error, "cannot watch for SIGINT");
    sigprocmask(SIG_BLOCK, &wanted, &interrupt->before);
    return true;
}

void interrupt_close(struct interrupt *interrupt)
{
    close(interrupt->descriptor);
    sigprocmask(SIG_SETMASK, &interrupt->before, NULL);
}

int interrupt_take(const struct interrupt *interrupt)
{
    struct signalfd_siginfo taken;
    ssize_t got = read(interrupt->descriptor, &taken, sizeof taken);
    return got == sizeof taken ? (int)taken.ssi_signo : 0;
}

bool interrupt_is_pending(void)
{
    sigset_t pending;
    return sigpending(&pending) == 0 &&
           (sigismember(&pending, SIGINT) || sigismember(&pending, SIGTERM) ||
            sigismember(&pending, SIGHUP));
}
