/*
 * A program that speaks the checkpoint protocol, well or badly: its first argument
 * says how, and what a round does. The tests compile it.
 */
#include <dirent.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int channel;
static const char *manner;

static bool is(const char *name)
{
    return strcmp(manner, name) == 0;
}

static void say(const char *text)
{
    if (write(channel, text, strlen(text)) < 0)
        _exit(9);
}

/* Ignores what can be ignored, leaves its session and its parent. */
static void start_daemon(void)
{
    if (fork() != 0)
        return;
    setsid();
    if (fork() != 0)
        _exit(0);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    clearenv();
    FILE *note = fopen("daemon-pid", "a");
    fprintf(note, "%d\n", (int)getpid());
    fclose(note);
    if (write(STDOUT_FILENO, "up\n", 3) == 3)
        for (;;)
            pause();
}

/* Ends, and its parent has no time to notice for longer than anybody waits; then there is a child
 * left, which is not the program. */
static void end_unnoticed(int code)
{
    const struct timespec a_while = {.tv_nsec = 800 * 1000 * 1000};
    pid_t parent = getppid();
    kill(parent, SIGSTOP);
    if (fork() != 0)
        exit(code);
    close(channel);
    nanosleep(&a_while, NULL);
    kill(parent, SIGCONT);
    for (;;)
        pause();
}

static void await_daemon(void)
{
    char text[16];
    int output = open("stdout", O_RDONLY);
    while (read(output, text, sizeof text) <= 0)
        ;
    close(output);
}

static void list_descriptors(void)
{
    DIR *directory = opendir("/proc/self/fd");
    for (struct dirent *entry; (entry = readdir(directory));) {
        int number = atoi(entry->d_name);
        if (entry->d_name[0] != '.' && number != dirfd(directory))
            printf("%d\n", number);
    }
    fflush(stdout);
    closedir(directory);
}

static void *allocate_in_thread(void *kept)
{
    for (int i = 0; i < 1000; i++) {
        void *passing = malloc(100 + (size_t)i);
        void *other = realloc(malloc(10), 50000);
        free(passing);
        free(other);
    }
    *(void **)kept = malloc(777);
    return NULL;
}

/* Outstanding afterwards: one block each of 1337, 40, 50, 6, 64, 128, 4000, 48, 96. */
static void leak_of_every_make(void)
{
    static void *volatile held[10];
    void *aligned;
    held[0] = malloc(1337);
    held[1] = calloc(4, 10);
    held[2] = realloc(malloc(20), 50);
    held[3] = strdup("hello");
    if (posix_memalign(&aligned, 64, 64) == 0)
        held[4] = aligned;
    held[5] = aligned_alloc(128, 128);
    held[6] = realloc(NULL, 4000);
    held[7] = reallocarray(NULL, 6, 8);
    held[8] = memalign(32, 96);
    free(malloc(1337));
    held[9] = realloc(malloc(30), 0);
    void *refused = malloc(33);
    if (!realloc(refused, (size_t)-1 / 2))
        free(refused);
    if (fork() == 0) { /* a child's own blocks are not the program's */
        held[9] = malloc(1337);
        free(held[0]);
        _exit(0);
    }
    wait(NULL);
}

static void map_files(void)
{
    static int file = -1, image = -1;
    if (file < 0) {
        file = memfd_create("file", 0);
        image = open("/proc/self/exe", O_RDONLY);
        if (ftruncate(file, 4096) < 0)
            _exit(8);
    }
    mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0);
    mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, image, 0); /* an image's own: not counted */
}

/* Attached twice, once or not at all, it is one. Goes with its last attachment. */
static void make_segments(void)
{
    int twice = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    shmat(twice, NULL, 0);
    shmat(twice, NULL, 0);
    shmctl(twice, IPC_RMID, NULL);
    char name[64];
    static int number;
    snprintf(name, sizeof name, "/yard-peer-%d-%d", (int)getpid(), number++);
    int posix = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    shm_unlink(name);
    if (ftruncate(posix, 4096) < 0)
        _exit(8);
    mmap(NULL, 4096, PROT_READ, MAP_SHARED, posix, 0);
    close(posix);
}

static void round_of_work(void)
{
    static void *kept[8];
    pthread_t threads[8];
    if (is("blocks") || is("worker") || is("daemon"))
        leak_of_every_make();
    if (is("threads")) {
        for (int i = 0; i < 8; i++)
            pthread_create(&threads[i], NULL, allocate_in_thread, &kept[i]);
        for (int i = 0; i < 8; i++)
            pthread_join(threads[i], NULL);
    }
    if (is("pages"))
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (is("files"))
        map_files();
    if (is("segments"))
        make_segments();
    if (is("descriptors") && open("/dev/null", O_RDONLY) < 0)
        _exit(8);
    if (is("zombies") && fork() == 0)
        _exit(0);
    if (is("crash"))
        raise(SIGSEGV);
    if (is("early"))
        exit(7);
    if (is("unnoticed"))
        end_unnoticed(7);
    if (is("hang") || is("deserter"))
        pause();
    if (is("memory"))
        memset(malloc(200u << 20), 1, 200u << 20);
    if (is("close")) {
        close(channel);
        pause();
    }
}

static void done(long rounds)
{
    static long all;
    char text[100];
    all += rounds;
    snprintf(text, sizeof text, "done %ld %ld %ld %ld", is("miscounts") ? rounds + 1 : rounds,
             all * 10, all * 3, all);
    if (is("child-speaks") && fork() == 0) {
        say(text);
        _exit(0);
    }
    if (is("child-speaks"))
        wait(NULL);
    else
        say(is("nonsense") ? "done well" : text);
}

/* 20 ms of the processor's time. */
static void work_for_a_moment(void)
{
    for (clock_t begin = clock(); clock() - begin < CLOCKS_PER_SEC / 50;)
        ;
}

static void look(const char *order)
{
    char agent[100], path[4000];
    sscanf(order, "look %99s %3999[^\n]", agent, path);
    if (is("blind")) {
        say("cannot see in the dark");
        return;
    }
    FILE *file = fopen(path, "w");
    fprintf(file,
            strcmp(agent, "census") == 0 ? "objects 5 by weak-pointers\ngoroutines 2\n"
                                         : "seen by %s\n",
            agent);
    fclose(file);
    void *late = is("frees-late") ? malloc(1337) : NULL;
    say("looked");
    if (late != NULL)
        work_for_a_moment();
    free(late);
}

static void serve(void)
{
    char order[4097];
    for (ssize_t got; (got = read(channel, order, sizeof order - 1)) > 0;) {
        order[got] = 0;
        if (strcmp(order, "stop") == 0)
            break;
        if (strncmp(order, "look ", 5) == 0) {
            look(order);
            continue;
        }
        long rounds = atol(order + 4);
        for (long i = 0; i < rounds; i++)
            round_of_work();
        done(rounds);
    }
}

/* There if a census is preloaded, as in the kit. */
void yard_census_follow(void) __attribute__((weak));

/* A worker that its supervisor waits for, a daemon that leaves its command behind, one
 * whose command fails: each does the command's work in a fork of it. */
static void move_to_fork(void)
{
    int status;
    if (is("worker") && fork() != 0)
        _exit(wait(&status) > 0 ? WEXITSTATUS(status) : 7);
    if (is("daemon") && daemon(1, 1) < 0)
        _exit(7);
    if (is("deserter") && fork() != 0)
        _exit(3);
    if ((is("worker") || is("daemon")) && yard_census_follow)
        yard_census_follow();
}

int main(int count, char **arguments)
{
    if (count < 2 || !getenv("YARD_FD"))
        return 2;
    channel = atoi(getenv("YARD_FD"));
    manner = arguments[1];
    if (is("silent")) {
        fputs("\nno such luck\nmore\n", stderr);
        return 3;
    }
    if (is("daemons") || is("leaves-daemon")) {
        for (int i = 0; i < 8; i++)
            start_daemon();
        await_daemon();
    }
    if (is("list"))
        list_descriptors();
    if (is("tells-server"))
        puts(getenv("YARD_SERVER") ? getenv("YARD_SERVER") : "no server");
    if (is("daemons"))
        manner = "hang";
    move_to_fork();
    say("ready");
    serve();
    if (is("hang-after-stop"))
        pause();
    if (is("crash-after-stop"))
        raise(SIGABRT);
    return 0;
}
