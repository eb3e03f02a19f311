#include <string.h>
#include <sys/shm.h>
#include <unistd.h>

#include "run_fixture.h"
#include "suite.h"
#include "support/procfs.h"

#define AT(trial, i) (&g_array_index((trial)->outcome.checkpoints, struct checkpoint, i).census)

static struct trial *counted(const char *manner, guint64 unit_bytes)
{
    struct trial *trial = trial_new(manner);
    trial->request.census = true;
    trial->request.interpose = true;
    trial->request.unit_bytes = unit_bytes;
    return trial;
}

static void run_to_the_end(struct trial *trial)
{
    trial_run(trial);
    ck_assert_msg(trial->outcome.outcome == OUTCOME_COMPLETED, "%s", trial->outcome.reason);
}

START_TEST(counts_every_make_of_block_exactly)
{
    g_autoptr(trial_t) trial = counted("blocks", 1337);
    run_to_the_end(trial);
    for (guint i = 1; i < 3; i++) {
        const struct census *before = AT(trial, i - 1), *after = AT(trial, i);
        ck_assert_int_eq(after->unit_blocks - before->unit_blocks, 5);
        ck_assert_int_eq(after->blocks - before->blocks, 5 * 9);
        ck_assert_int_eq(after->bytes - before->bytes,
                         5 * (1337 + 40 + 50 + 6 + 64 + 128 + 4000 + 48 + 96));
        ck_assert_int_eq(after->objects, -1);
        ck_assert_int_eq(after->descriptors, before->descriptors);
        ck_assert_int_eq(after->threads, 1);
    }
    ck_assert_int_eq(AT(trial, 0)->unit_blocks, 1);
}
END_TEST

START_TEST(counts_in_the_fork_that_is_led)
{
    g_autoptr(trial_t) worker = counted("worker", 1337), daemon = counted("daemon", 1337);
    daemon->request.detaches = true;
    run_to_the_end(worker);
    run_to_the_end(daemon);
    for (guint i = 1; i < 3; i++) {
        ck_assert_int_eq(AT(worker, i)->unit_blocks - AT(worker, i - 1)->unit_blocks, 5);
        ck_assert_int_eq(AT(daemon, i)->blocks - AT(daemon, i - 1)->blocks, 5 * 9);
    }
    ck_assert_int_eq(AT(worker, 0)->unit_blocks, 1);
    ck_assert_int_eq(AT(daemon, 0)->unit_blocks, 1);
}
END_TEST

START_TEST(counts_exactly_under_threads)
{
    g_autoptr(trial_t) trial = counted("threads", 777);
    trial->request.rounds_per_checkpoint = 20;
    run_to_the_end(trial);
    for (guint i = 1; i < 3; i++) {
        ck_assert_int_eq(AT(trial, i)->unit_blocks - AT(trial, i - 1)->unit_blocks, 20 * 8);
        ck_assert_int_eq(AT(trial, i)->threads, 1);
    }
}
END_TEST

START_TEST(counts_what_the_kernel_holds)
{
    struct trial *trials[] = {counted("pages", 4096), counted("files", 0), counted("segments", 0),
                              counted("descriptors", 0), counted("zombies", 0)};
    trials_run(3, trials, G_N_ELEMENTS(trials));
    for (guint i = 1; i < 3; i++) {
        struct census growth[G_N_ELEMENTS(trials)];
        for (guint j = 0; j < G_N_ELEMENTS(trials); j++) {
            const struct census *before = AT(trials[j], i - 1), *after = AT(trials[j], i);
            growth[j] = (struct census){
                .mappings = after->mappings - before->mappings,
                .shared_memory = after->shared_memory - before->shared_memory,
                .descriptors = after->descriptors - before->descriptors,
                .children = after->children - before->children,
            };
        }
        ck_assert_int_eq(growth[0].mappings, 5); /* though the kernel merges them */
        ck_assert_int_eq(growth[1].mappings, 5);
        ck_assert_int_eq(growth[2].mappings, 0);
        ck_assert_int_eq(growth[2].shared_memory, 10);
        ck_assert_int_eq(growth[3].descriptors, 5);
        ck_assert_int_eq(growth[4].children, 5);
    }
    for (guint j = 0; j < G_N_ELEMENTS(trials); j++)
        trial_free(trials[j]);
}
END_TEST

/* One that is made and never attached is nobody's but its maker's. */
START_TEST(counts_a_segment_that_nobody_attached)
{
    struct process_facts before, made;
    ck_assert(process_facts_read(getpid(), &before, NULL));
    int identifier = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    bool read = process_facts_read(getpid(), &made, NULL);
    shmctl(identifier, IPC_RMID, NULL);
    ck_assert(read);
    ck_assert_uint_eq(made.shared_memory, before.shared_memory + 1);
}
END_TEST

START_TEST(asks_the_go_kit)
{
    g_autoptr(trial_t) trial = trial_new("sound");
    trial->request.census = trial->request.go = true;
    run_to_the_end(trial);
    ck_assert_int_eq(AT(trial, 2)->objects, 5);
    ck_assert_int_eq(AT(trial, 2)->goroutines, 2);
    ck_assert_int_eq(AT(trial, 2)->blocks, -1);
}
END_TEST

/* As a thread that Go's runtime has just started frees what it was started with. */
START_TEST(counts_once_the_program_is_at_rest_again)
{
    g_autoptr(trial_t) trial = counted("frees-late", 1337);
    trial->request.go = true;
    run_to_the_end(trial);
    for (guint i = 0; i < 3; i++)
        ck_assert_int_eq(AT(trial, i)->unit_blocks, 0);
}
END_TEST

START_TEST(a_counter_in_another_process_is_no_census)
{
    g_autoptr(trial_t) trial = counted("sound", 0);
    g_autofree char *line = g_strjoinv(" ", trial->request.argv);
    g_strfreev(trial->request.argv);
    trial->request.argv = g_strsplit("sh\t-c\t", "\t", -1);
    g_free(trial->request.argv[2]);
    trial->request.argv[2] = g_strdup_printf("%s; true", line);
    trial_run(trial);
    ck_assert_int_eq(trial->outcome.outcome, OUTCOME_BROKE);
    ck_assert_ptr_nonnull(strstr(trial->outcome.reason, "the block counter sits in process"));
}
END_TEST

START_TEST(an_exec_starts_the_count_anew)
{
    g_autoptr(trial_t) direct = counted("blocks", 1337), by_shell = counted("blocks", 1337);
    g_autofree char *line = g_strjoinv(" ", by_shell->request.argv);
    g_strfreev(by_shell->request.argv);
    by_shell->request.argv = g_strsplit("sh\t-c\t", "\t", -1);
    g_free(by_shell->request.argv[2]);
    by_shell->request.argv[2] = g_strdup_printf("exec %s", line);
    run_to_the_end(direct);
    run_to_the_end(by_shell);
    ck_assert_int_eq(AT(by_shell, 2)->blocks, AT(direct, 2)->blocks);
    ck_assert_int_eq(AT(by_shell, 2)->bytes, AT(direct, 2)->bytes);
}
END_TEST

START_TEST(a_counter_that_is_not_there_is_said)
{
    g_autoptr(trial_t) trial = counted("sound", 0);
    g_autoptr(runner_t) runner = runner_new(1, _i == 0 ? NULL : "/nowhere/libcensus.so");
    runner_add(runner, &trial->request);
    ck_assert(runner_go(runner, NULL));
    ck_assert_int_eq(trial->outcome.outcome, OUTCOME_BROKE);
    ck_assert_ptr_nonnull(
        strstr(trial->outcome.reason, _i == 0 ? "no block counter" : "counter was never loaded"));
}
END_TEST

static Suite *census_suite(void)
{
    Suite *suite = suite_create("census");
    TCase *tests = tcase_create("counts");
    tcase_add_unchecked_fixture(tests, fixture_set_up, fixture_tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, counts_every_make_of_block_exactly);
    tcase_add_test(tests, counts_in_the_fork_that_is_led);
    tcase_add_test(tests, counts_exactly_under_threads);
    tcase_add_test(tests, counts_what_the_kernel_holds);
    tcase_add_test(tests, counts_a_segment_that_nobody_attached);
    tcase_add_test(tests, asks_the_go_kit);
    tcase_add_test(tests, counts_once_the_program_is_at_rest_again);
    tcase_add_test(tests, a_counter_in_another_process_is_no_census);
    tcase_add_test(tests, an_exec_starts_the_count_anew);
    tcase_add_loop_test(tests, a_counter_that_is_not_there_is_said, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
SUITE(census_suite);
