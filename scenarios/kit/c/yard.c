/* The kit: main(), the flags, the checkpoint protocol and the ledger. */
#include "yard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, EXIT_INFRASTRUCTURE = 3, MESSAGE_MAX = 4096 };

#define WEAK __attribute__((weak))
void yard_start(void) WEAK;
void yard_stop(void) WEAK;
/* There if a leak sanitizer was linked or preloaded. */
int __lsan_do_recoverable_leak_check(void) WEAK;
void __sanitizer_set_report_path(const char *path) WEAK;
/* There if the harness counts blocks: whoever is led counts, also in a fork. */
void yard_census_follow(void) WEAK;

static long value;
static atomic_long born, died;

void yard_born(long units)
{
    atomic_fetch_add(&born, units);
}

void yard_died(long units)
{
    atomic_fetch_add(&died, units);
}

bool yard_stage(const char *name)
{
    const char *without = getenv("YARD_WITHOUT");
    size_t length = strlen(name);
    while (without != NULL && *without != '\0') {
        size_t word = strcspn(without, ",");
        if (word == length && strncmp(without, name, length) == 0)
            return false;
        without += word + (without[word] == ',');
    }
    return true;
}

__attribute__((noreturn, format(printf, 2, 3))) static void die(int code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s: ", program_invocation_short_name);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(code);
}

/* ---- Rounds ---------------------------------------------------------------- */

/* Pointers that the rounds left in dead frames would hide a lost block from a
 * detector that scans the stack. */
YARD_SITE static void scrub_stack(void)
{
    char dead[65536];
    memset(dead, 0, sizeof dead);
    __asm__ volatile("" : : "r"(dead) : "memory");
}

/* The same for vector registers, which hold what was copied last. XRSTOR brings
 * those that the area's header does not list to their initial state; MXCSR it
 * always reads (0x1f80). */
YARD_SITE static void scrub_registers(void)
{
#if defined(__x86_64__)
    enum { X87_SSE_AVX_AVX512 = 0xe7 };
    static const unsigned char area[4096] __attribute__((aligned(64))) = {[24] = 0x80, [25] = 0x1f};
    if (__builtin_cpu_supports("avx"))
        __asm__ volatile("xrstor %0"
                         :
                         : "m"(area), "a"(X87_SSE_AVX_AVX512), "d"(0)
                         : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8",
                           "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", "memory");
#endif
}

YARD_SITE static void work(unsigned long rounds)
{
    for (unsigned long i = 0; i < rounds; i++)
        value += yard_round();
}

static void do_rounds(unsigned long rounds)
{
    work(rounds);
    scrub_stack();
    scrub_registers();
}

static bool parse_rounds(const char *text, unsigned long *rounds)
{
    char *end;
    errno = 0;
    *rounds = strtoul(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0;
}

/* ---- Led by the harness ------------------------------------------------------ */

__attribute__((format(printf, 2, 3))) static void reply(int channel, const char *format, ...)
{
    char text[MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length >= MESSAGE_MAX)
        length = MESSAGE_MAX - 1;
    if (TEMP_FAILURE_RETRY(send(channel, text, (size_t)length, MSG_NOSIGNAL)) < 0)
        die(EXIT_INFRASTRUCTURE, "cannot answer the harness: %s", strerror(errno));
}

static void look(int channel, const char *agent, const char *path)
{
    if (strcmp(agent, "leak-check") != 0)
        reply(channel, "cannot there is no agent %.64s in a C program", agent);
    else if (__lsan_do_recoverable_leak_check == NULL || __sanitizer_set_report_path == NULL)
        reply(channel, "cannot no leak sanitizer is linked or preloaded");
    else {
        __sanitizer_set_report_path(path);
        __lsan_do_recoverable_leak_check();
        __sanitizer_set_report_path("stderr");
        reply(channel, "looked");
    }
}

/* Returns false when ORDER is to stop. */
static bool obey(int channel, char *order)
{
    char *rest = order;
    const char *word = strsep(&rest, " "), *argument = strsep(&rest, " ");
    unsigned long rounds;
    if (strcmp(word, "stop") == 0)
        return false;
    if (strcmp(word, "look") == 0 && rest != NULL && *rest != '\0')
        look(channel, argument, rest);
    else if (strcmp(word, "run") == 0 && argument != NULL && rest == NULL &&
             parse_rounds(argument, &rounds)) {
        do_rounds(rounds);
        reply(channel, "done %lu %ld %ld %ld", rounds, value, atomic_load(&born),
              atomic_load(&died));
    } else
        die(EXIT_INFRASTRUCTURE, "the harness gave an order that is not in the protocol: %s", word);
    return true;
}

static int open_channel(const char *text)
{
    char *end;
    long channel = strtol(text, &end, 10);
    if (end == text || *end != '\0' || channel < 0 || channel > 1 << 20)
        die(EXIT_USAGE, "YARD_FD=%s is not the number of a descriptor", text);
    if (fcntl((int)channel, F_SETFD, FD_CLOEXEC) < 0)
        die(EXIT_USAGE, "YARD_FD=%s: %s; unset it to run by hand", text, strerror(errno));
    unsetenv("YARD_FD"); /* a child has no harness */
    return (int)channel;
}

static void follow(int channel)
{
    char order[MESSAGE_MAX];
    if (yard_census_follow != NULL)
        yard_census_follow();
    reply(channel, "ready");
    do {
        ssize_t length = TEMP_FAILURE_RETRY(recv(channel, order, sizeof order - 1, 0));
        if (length <= 0)
            die(EXIT_INFRASTRUCTURE, "the harness went away: %s",
                length < 0 ? strerror(errno) : "end of file");
        order[length] = '\0';
    } while (obey(channel, order));
}

/* ---- By hand ------------------------------------------------------------------- */

struct options {
    unsigned long rounds;
    bool hold, serve;
};

static const char usage[] =
    "Usage: %s [--rounds N] [--hold] | --serve\n"
    "  --rounds N  do N rounds of work and end (default 100)\n"
    "  --hold      stay parked after the last round, until a line or end of file on\n"
    "              standard input\n"
    "  --serve     do a round every 100 ms, until SIGTERM or SIGINT\n"
    "  --help      show this text\n"
    "With YARD_FD=N in the environment a harness gives the orders, on descriptor N.\n";

static unsigned long rounds_argument(const char *text)
{
    unsigned long rounds;
    if (text == NULL)
        die(EXIT_USAGE, "--rounds wants a number of rounds");
    if (!parse_rounds(text, &rounds))
        die(EXIT_USAGE, "--rounds wants a number of rounds, not '%s'", text);
    return rounds;
}

/* What the Go kit says too, word for word. */
static struct options parse_options(char **arguments)
{
    static const char rounds_is[] = "--rounds=";
    struct options options = {.rounds = 100};
    bool counted = false;
    for (char *flag; (flag = *arguments) != NULL; arguments++) {
        if (strcmp(flag, "--rounds") == 0) {
            counted = true;
            options.rounds = rounds_argument(*++arguments);
        } else if (strncmp(flag, rounds_is, strlen(rounds_is)) == 0) {
            counted = true;
            options.rounds = rounds_argument(flag + strlen(rounds_is));
        } else if (strcmp(flag, "--hold") == 0) {
            options.hold = true;
        } else if (strcmp(flag, "--serve") == 0) {
            options.serve = true;
        } else if (strcmp(flag, "--help") == 0) {
            printf(usage, program_invocation_short_name);
            exit(EXIT_SUCCESS);
        } else {
            die(EXIT_USAGE, "'%s' is not a flag; see --help", flag);
        }
    }
    if (options.serve && (options.hold || counted))
        die(EXIT_USAGE, "--serve goes with neither --rounds nor --hold; see --help");
    return options;
}

/* Ends regularly on SIGTERM, so that what looks at exit can look. */
static void serve(void)
{
    sigset_t endings;
    sigemptyset(&endings);
    sigaddset(&endings, SIGTERM);
    sigaddset(&endings, SIGINT);
    sigprocmask(SIG_BLOCK, &endings, NULL);
    const struct timespec pace = {.tv_nsec = 100 * 1000 * 1000};
    do
        do_rounds(1);
    while (sigtimedwait(&endings, NULL, &pace) < 0);
}

static void hold(void)
{
    char key;
    dprintf(STDOUT_FILENO, "process %d is parked; press Enter to end it\n", getpid());
    while (TEMP_FAILURE_RETRY(read(STDIN_FILENO, &key, 1)) == 1 && key != '\n')
        continue;
}

static void run_by_hand(const struct options *options)
{
    if (options->serve)
        serve();
    else
        do_rounds(options->rounds);
    dprintf(STDOUT_FILENO, "value %ld, %ld units born, %ld died\n", value, atomic_load(&born),
            atomic_load(&died));
    if (options->hold)
        hold();
}

int main(int argc, char **argv)
{
    (void)argc;
    const char *led = getenv("YARD_FD");
    struct options options = {0};
    int channel = -1;
    if (led != NULL)
        channel = open_channel(led);
    else
        options = parse_options(argv + 1);
    /* So that a debugger that is no ancestor may attach, where Yama forbids it. */
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);

    if (yard_start != NULL)
        yard_start();
    if (led != NULL)
        follow(channel);
    else
        run_by_hand(&options);
    if (yard_stop != NULL)
        yard_stop();
    return EXIT_SUCCESS;
}
