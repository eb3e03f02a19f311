/* The kit: main(), the flags, the checkpoint protocol and the ledger. */
#include "yard.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
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

/* REQUEST is "AGENT PATH". */
static void look(int channel, char *request)
{
    const char *agent = strsep(&request, " ");
    if (request == NULL || *request == '\0')
        reply(channel, "cannot look: no path was given");
    else if (strcmp(agent, "leak-check") != 0)
        reply(channel, "cannot look with '%.64s': a C program knows only leak-check", agent);
    else if (__lsan_do_recoverable_leak_check == NULL || __sanitizer_set_report_path == NULL)
        reply(channel, "cannot check for leaks: no leak sanitizer is linked or preloaded");
    else {
        __sanitizer_set_report_path(request);
        __lsan_do_recoverable_leak_check();
        __sanitizer_set_report_path("stderr");
        reply(channel, "looked");
    }
}

/* Returns false when ORDER is to stop. */
static bool obey(int channel, char *order)
{
    char *argument = order;
    const char *word = strsep(&argument, " ");
    unsigned long rounds;
    if (strcmp(order, "stop") == 0)
        return false;
    if (strcmp(word, "look") == 0 && argument != NULL)
        look(channel, argument);
    else if (strcmp(word, "run") == 0 && argument != NULL && parse_rounds(argument, &rounds)) {
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
    return (int)channel;
}

static void follow(int channel)
{
    char order[MESSAGE_MAX];
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

static struct options parse_options(int argc, char **argv)
{
    enum { ROUNDS = 1, HOLD, SERVE, HELP };
    static const struct option known[] = {{"rounds", required_argument, NULL, ROUNDS},
                                          {"hold", no_argument, NULL, HOLD},
                                          {"serve", no_argument, NULL, SERVE},
                                          {"help", no_argument, NULL, HELP},
                                          {0}};
    struct options options = {.rounds = 100};
    bool given[HELP + 1] = {0};
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (option == '?')
            exit(EXIT_USAGE); /* getopt has said why */
        given[option] = true;
        if (option == ROUNDS && !parse_rounds(optarg, &options.rounds))
            die(EXIT_USAGE, "--rounds wants a number of rounds, not '%s'", optarg);
    }
    if (given[HELP]) {
        printf(usage, program_invocation_short_name);
        exit(EXIT_SUCCESS);
    }
    if (optind < argc)
        die(EXIT_USAGE, "'%s' is not a flag; see --help", argv[optind]);
    if (given[SERVE] && (given[HOLD] || given[ROUNDS]))
        die(EXIT_USAGE, "--serve goes with neither --rounds nor --hold; see --help");
    options.hold = given[HOLD];
    options.serve = given[SERVE];
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
    const char *led = getenv("YARD_FD");
    struct options options = {0};
    int channel = -1;
    if (led != NULL)
        channel = open_channel(led);
    else
        options = parse_options(argc, argv);
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
