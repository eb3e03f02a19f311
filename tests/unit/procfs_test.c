#include <fcntl.h>
#include <glib.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "suite.h"
#include "support/procfs.h"
#include "support/tree.h"

static struct process_facts facts_now(void)
{
    struct process_facts facts;
    ck_assert(process_facts_read(getpid(), &facts, NULL));
    return facts;
}

START_TEST(counts_descriptors_and_children)
{
    struct process_facts before = facts_now();
    int extra[] = {open("/dev/null", O_RDONLY), open("/dev/null", O_RDONLY)};
    pid_t zombie = fork();
    if (zombie == 0)
        _exit(0);
    siginfo_t ended;
    waitid(P_PID, (id_t)zombie, &ended, WEXITED | WNOWAIT);
    struct process_facts after = facts_now();
    ck_assert_uint_eq(after.descriptors, before.descriptors + 2);
    ck_assert_uint_eq(after.children, before.children + 1);
    ck_assert_int_eq(process_state(zombie), 'Z');
    ck_assert(!process_is_living(zombie) && process_is_living(getpid()));
    ck_assert(process_is_ending(zombie) && !process_is_ending(getpid()));
    waitpid(zombie, NULL, 0);
    ck_assert_int_eq(process_state(zombie), 0);
    close(extra[0]);
    close(extra[1]);
    ck_assert_uint_eq(facts_now().children, before.children);
}
END_TEST

START_TEST(counts_descriptors_in_messages_under_way)
{
    int pair[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    struct process_facts before = facts_now();
    char control[CMSG_SPACE(2 * sizeof(int))] = {0}, byte = 0;
    struct iovec data = {&byte, 1};
    struct msghdr message = {.msg_iov = &data,
                             .msg_iovlen = 1,
                             .msg_control = control,
                             .msg_controllen = sizeof control};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    *header = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(2 * sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(header), (int[]){0, 1}, 2 * sizeof(int));
    ck_assert_int_eq(sendmsg(pair[0], &message, 0), 1);
    struct process_facts after = facts_now();
    ck_assert_uint_eq(after.passed_descriptors, before.passed_descriptors + 2);
    ck_assert_uint_eq(after.descriptors, before.descriptors);
    close(pair[0]);
    close(pair[1]);
    ck_assert_uint_eq(facts_now().passed_descriptors, before.passed_descriptors);
}
END_TEST

START_TEST(counts_timers)
{
    guint64 before = facts_now().timers;
    struct sigevent silent = {.sigev_notify = SIGEV_NONE};
    timer_t timers[2];
    ck_assert_int_eq(timer_create(CLOCK_MONOTONIC, &silent, &timers[0]), 0);
    ck_assert_int_eq(timer_create(CLOCK_MONOTONIC, &silent, &timers[1]), 0);
    ck_assert_uint_eq(facts_now().timers, before + 2);
    timer_delete(timers[0]);
    timer_delete(timers[1]);
    ck_assert_uint_eq(facts_now().timers, before);
}
END_TEST

static void *wait_for_byte(void *descriptor)
{
    char byte;
    return read(*(int *)descriptor, &byte, 1) == 1 ? descriptor : NULL;
}

static bool settles(pid_t pid)
{
    guint64 digest = 0;
    for (gint64 until = g_get_monotonic_time() + 5 * G_USEC_PER_SEC; g_get_monotonic_time() < until;
         sched_yield()) {
        if (process_is_settled(pid, &digest, NULL))
            return true;
    }
    return false;
}

START_TEST(whoever_waits_is_settled_and_whoever_runs_is_not)
{
    int pair[2];
    ck_assert_int_eq(pipe(pair), 0);
    pid_t waiting = fork();
    if (waiting == 0) {
        pthread_t thread;
        pthread_create(&thread, NULL, wait_for_byte, &pair[0]);
        pthread_join(thread, NULL);
        _exit(0);
    }
    pid_t spinning = fork();
    if (spinning == 0) {
        close(pair[1]);
        for (volatile unsigned turns = 0;; turns++)
            ;
    }
    ck_assert(settles(waiting));
    struct process_facts facts;
    ck_assert(process_facts_read(waiting, &facts, NULL));
    ck_assert_uint_eq(facts.threads, 2);
    ck_assert_uint_gt(process_resident_kib(waiting), 0);
    guint64 digest = 0;
    for (int i = 0; i < 100; i++)
        ck_assert(!process_is_settled(spinning, &digest, NULL));
    kill(spinning, SIGKILL);
    kill(waiting, SIGKILL);
    waitpid(spinning, NULL, 0);
    waitpid(waiting, NULL, 0);
    g_autoptr(GError) error = NULL;
    ck_assert(!process_is_settled(waiting, &digest, &error));
    ck_assert_ptr_nonnull(strstr(error->message, "is gone"));
    g_clear_error(&error);
    ck_assert(!process_facts_read(waiting, &facts, &error));
    ck_assert_ptr_nonnull(strstr(error->message, "is gone"));
}
END_TEST

START_TEST(a_tree_goes_whole_and_links_are_not_followed)
{
    g_autofree char *outside = g_dir_make_tmp("yard-XXXXXX", NULL);
    g_autofree char *tree = g_dir_make_tmp("yard-XXXXXX", NULL);
    g_autofree char *kept = g_build_filename(outside, "kept", NULL);
    g_autofree char *deep = g_build_filename(tree, "a", "b", NULL);
    g_autofree char *link_path = g_build_filename(deep, "link", NULL);
    ck_assert(g_file_set_contents(kept, "x", 1, NULL));
    ck_assert_int_eq(g_mkdir_with_parents(deep, 0700), 0);
    ck_assert_int_eq(symlink(outside, link_path), 0);
    ck_assert(tree_remove(tree, NULL));
    ck_assert(!g_file_test(tree, G_FILE_TEST_EXISTS));
    ck_assert(g_file_test(kept, G_FILE_TEST_EXISTS));
    ck_assert(tree_remove(tree, NULL));
    ck_assert(tree_remove(outside, NULL));
}
END_TEST

static Suite *procfs_suite(void)
{
    Suite *suite = suite_create("procfs");
    TCase *tests = tcase_create("facts");
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, counts_descriptors_and_children);
    tcase_add_test(tests, counts_descriptors_in_messages_under_way);
    tcase_add_test(tests, counts_timers);
    tcase_add_test(tests, whoever_waits_is_settled_and_whoever_runs_is_not);
    tcase_add_test(tests, a_tree_goes_whole_and_links_are_not_followed);
    suite_add_tcase(suite, tests);
    return suite;
}
SUITE(procfs_suite);
