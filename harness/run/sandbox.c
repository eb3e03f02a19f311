#include "run/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

bool sandbox_descriptors(const struct keeper_spec *spec, int life, int held)
{
    int wanted[SANDBOX_END] = {
        spec->standard[0], spec->standard[1], spec->standard[2], spec->protocol, life, held};
    /* First out of the way of all places, then each to its own. */
    for (int place = 0; place < SANDBOX_END; place++) {
        if (wanted[place] < 0)
            continue;
        wanted[place] = fcntl(wanted[place], F_DUPFD, SANDBOX_END);
        if (wanted[place] < 0)
            return false;
    }
    for (int place = 0; place < SANDBOX_END; place++) {
        if (wanted[place] < 0)
            close(place);
        else if (dup2(wanted[place], place) < 0)
            return false;
    }
    fcntl(SANDBOX_LIFE, F_SETFD, FD_CLOEXEC);
    fcntl(SANDBOX_HELD, F_SETFD, FD_CLOEXEC);
    return close_range(SANDBOX_END, ~0u, 0) == 0;
}

/* The anonymous mapping that ends at the program break. Without randomised
 * addresses the kernel may have merged it with the end of the program's data,
 * which stays. */
void sandbox_shed_heap(void)
{
    extern char end[]; /* of the data, set by the linker */
    unsigned long page = (unsigned long)sysconf(_SC_PAGESIZE);
    unsigned long data_end = ((unsigned long)end + page - 1) / page * page;
    unsigned long last = (unsigned long)sbrk(0) - 1, from, to, inode;
    FILE *maps = fopen("/proc/self/maps", "re");
    char line[512];
    while (maps && fgets(line, sizeof line, maps)) {
        if (sscanf(line, "%lx-%lx %*s %*s %*s %lu", &from, &to, &inode) != 3 || inode != 0 ||
            last < from || last >= to)
            continue;
        from = from < data_end && data_end <= to ? data_end : from;
        if (from < to)
            madvise((void *)from, to - from, MADV_DONTFORK);
    }
    if (maps)
        fclose(maps);
}

/* Argument and environment vectors, and the text they point to, in one mapping. */
struct sandbox_command {
    char **argv, **envp;
    const char *directory;
    pid_t keeper;
};

static size_t vector_size(char *const *strings)
{
    size_t size = sizeof *strings;
    for (; *strings; strings++)
        size += sizeof *strings + strlen(*strings) + 1;
    return size;
}

static char *place_text(char **cursor, const char *text)
{
    char *placed = *cursor;
    *cursor = stpcpy(placed, text) + 1;
    return placed;
}

static char **place_vector(char **vector, char *const *strings, char **cursor)
{
    for (; *strings; strings++)
        *vector++ = place_text(cursor, *strings);
    *vector++ = NULL;
    return vector;
}

struct sandbox_command *sandbox_command_copy(const struct keeper_spec *spec)
{
    size_t size = sizeof(struct sandbox_command) + vector_size(spec->argv) +
                  vector_size(spec->envp) + strlen(spec->directory) + 1;
    struct sandbox_command *command =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (command == MAP_FAILED)
        return NULL;
    char **vectors = (char **)(command + 1);
    size_t count = g_strv_length((char **)spec->argv) + g_strv_length((char **)spec->envp) + 2;
    char *cursor = (char *)(vectors + count);
    command->argv = vectors;
    command->envp = place_vector(vectors, spec->argv, &cursor);
    place_vector(command->envp, spec->envp, &cursor);
    command->directory = place_text(&cursor, spec->directory);
    command->keeper = getpid();
    return command;
}

static void become_ordinary(void)
{
    for (int number = 1; number <= SIGRTMAX; number++)
        signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}

void sandbox_exec(const struct sandbox_command *command)
{
    setsid(); /* so that kill(0, …) in a program stays there */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != command->keeper)
        _exit(127);
    become_ordinary();
    environ = command->envp; /* whose PATH execvp looks at */
    if (chdir(command->directory) == 0)
        execvp(command->argv[0], command->argv);
    struct keeper_report report = {.event = KEEPER_CANNOT_START, .error = errno};
    send(SANDBOX_LIFE, &report, sizeof report, MSG_NOSIGNAL);
    _exit(127);
}
