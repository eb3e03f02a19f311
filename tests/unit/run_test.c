#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run_fixture.h"
#include "suite.h"
#include "support/procfs.h"

#define AT(trial, i) (&g_array_index((trial)->outcome.checkpoints, struct checkpoint, i))

static void assert_outcome(const struct trial *trial, enum outcome expected, const char *reason)
{
    const char *said = trial->outcome.reason ? trial->outcome.reason : "";
    ck_assert_msg(trial->outcome.outcome == expected, "outcome %d: %s", trial->outcome.outcome,
                  said);
    ck_assert_msg(strstr(said, reason) != NULL, "“%s” is not in “%s”", reason, said);
}

/* ---- A good run ---- */

START_TEST(a_sound_program_completes)
{
    g_autoptr(trial_t) trial = trial_new("sound");
    trial_run(trial);
    assert_outcome(trial, OUTCOME_COMPLETED, "");
    ck_assert_ptr_null(trial->outcome.reason);
    ck_assert(!trial->outcome.ending.signalled);
    ck_assert_int_eq(trial->outcome.ending.code, 0);
    ck_assert_int_gt(trial->outcome.pid, 0);
    ck_assert_uint_eq(trial->outcome.checkpoints->len, 3);
    guint64 rounds[] = {1, 6, 11};
    for (guint i = 0; i < 3; i++) {
        ck_assert_uint_eq(AT(trial, i)->rounds, rounds[i]);
        ck_assert_int_eq(AT(trial, i)->value, 10 * (gint64)rounds[i]);
        ck_assert_int_eq(AT(trial, i)->born, 3 * (gint64)rounds[i]);
        ck_assert_int_eq(AT(trial, i)->died, (gint64)rounds[i]);
    }
    ck_assert_uint_eq(trial->outcome.stragglers, 0);
    ck_assert_double_gt(trial->outcome.wall_seconds, 0);
}
END_TEST

START_TEST(what_never_ends_is_killed_after_its_last_look)
{
    g_autoptr(trial_t) trial = trial_new("sound");
    trial->request.end_signal = SIGKILL;
    trial_run(trial);
    assert_outcome(trial, OUTCOME_COMPLETED, "");
    ck_assert(trial->outcome.ending.signalled);
    ck_assert_int_eq(trial->outcome.ending.code, SIGKILL);
    ck_assert_uint_eq(trial->outcome.checkpoints->len, 3);
    ck_assert_uint_eq(AT(trial, 2)->rounds, 11);
}
END_TEST

START_TEST(a_kill_alone_is_no_want_of_memory)
{
    g_autoptr(trial_t) trial = trial_new("sound");
    g_strfreev(trial->request.argv);
    trial->request.argv = g_strdupv((char *[]){"/bin/sh", "-c", "kill -KILL $$", NULL});
    trial_run(trial);
    assert_outcome(trial, OUTCOME_BROKE, "the command ended (signal 9 (Killed)) without");
}
END_TEST

START_TEST(a_detector_may_halt_its_program)
{
    g_autoptr(trial_t) halts = trial_new("early"), other = trial_new("early"),
                       late = trial_new("sound"), never_ready = trial_new("silent");
    halts->request.halt_code = 7;
    other->request.halt_code = 8;
    late->request.halt_code = 7;
    never_ready->request.halt_code = 3;
    trials_run(2, (struct trial *[]){halts, other, late, never_ready}, 4);
    assert_outcome(halts, OUTCOME_COMPLETED, "");
    ck_assert(halts->outcome.halted);
    ck_assert_uint_eq(halts->outcome.checkpoints->len, 0);
    assert_outcome(other, OUTCOME_BROKE, "ended early (exit 7)");
    assert_outcome(late, OUTCOME_COMPLETED, "");
    ck_assert(!late->outcome.halted);
    assert_outcome(never_ready, OUTCOME_BROKE, "without the program ever saying ready");
}
END_TEST

START_TEST(a_daemon_outlives_its_command_where_it_may)
{
    g_autoptr(trial_t) ends = trial_new("daemon"), serves = trial_new("daemon"),
                       fails = trial_new("deserter");
    ends->request.detaches = serves->request.detaches = fails->request.detaches = true;
    serves->request.end_signal = SIGKILL;
    trials_run(2, (struct trial *[]){ends, serves, fails}, 3);
    assert_outcome(ends, OUTCOME_COMPLETED, "");
    ck_assert(!ends->outcome.ending.signalled && ends->outcome.ending.code == 0);
    ck_assert_uint_eq(ends->outcome.stragglers, 0);
    assert_outcome(serves, OUTCOME_COMPLETED, "");
    ck_assert(serves->outcome.ending.signalled && serves->outcome.ending.code == SIGKILL);
    assert_outcome(fails, OUTCOME_BROKE, "the command ended (exit 3) while its program ran on");
}
END_TEST

/* A run of a shell's SCRIPT, which doesn't know the protocol. */
static struct trial *silent_new(const char *script)
{
    struct trial *trial = trial_new("");
    g_strfreev(trial->request.argv);
    trial->request.argv =
        g_strdupv((char *[]){(char *)"/bin/sh", (char *)"-c", (char *)script, NULL});
    trial->request.silent = true;
    return trial;
}

START_TEST(a_command_may_know_no_protocol)
{
    g_autoptr(trial_t) ends = silent_new("echo \"[$YARD_FD]\"; pwd; echo \"$HOME\"; exit 7"),
                       killed = silent_new("kill -SEGV $$"),
                       complains = silent_new("printf '# a\\nb:  c\\n' >&2; exit 1");
    g_autofree char *work = g_build_filename(ends->request.directory, "module", NULL);
    ck_assert_int_eq(g_mkdir_with_parents(work, 0700), 0);
    ends->request.work = work;
    trials_run(2, (struct trial *[]){ends, killed, complains}, 3);
    assert_outcome(ends, OUTCOME_COMPLETED, "");
    ck_assert(!ends->outcome.halted && !ends->outcome.ending.signalled);
    ck_assert_int_eq(ends->outcome.ending.code, 7);
    ck_assert_uint_eq(ends->outcome.checkpoints->len, 0);
    ck_assert_int_eq(ends->outcome.pid, 0);
    g_autofree char *wanted = g_strdup_printf("[]\n%s\n%s\n", work, ends->request.directory);
    g_autofree char *said = trial_file(ends, "stdout");
    ck_assert_str_eq(said, wanted);
    assert_outcome(complains, OUTCOME_COMPLETED, "");
    ck_assert_str_eq(complains->outcome.said, "# a b:  c");
    assert_outcome(killed, OUTCOME_COMPLETED, "");
    ck_assert_ptr_null(killed->outcome.said);
    ck_assert(killed->outcome.ending.signalled);
    ck_assert_int_eq(killed->outcome.ending.code, SIGSEGV);
}
END_TEST

START_TEST(a_command_without_the_protocol_may_fail)
{
    g_autoptr(trial_t) hangs = silent_new("exec tail -f /dev/null"),
                       leaves = silent_new("tail -f /dev/null & exit 0"), absent = silent_new("");
    g_free(absent->request.argv[0]);
    absent->request.argv[0] = g_strdup("no-such-tool-anywhere");
    hangs->request.time_limit = 0.2;
    trials_run(3, (struct trial *[]){hangs, leaves, absent}, 3);
    assert_outcome(hangs, OUTCOME_TIMED_OUT, "not done after 0.2 s, before the command ended");
    assert_outcome(leaves, OUTCOME_BROKE, "1 process outlived the command");
    assert_outcome(absent, OUTCOME_BROKE, "cannot start no-such-tool-anywhere");
}
END_TEST

START_TEST(no_rounds_are_fine)
{
    g_autoptr(trial_t) trial = trial_new("sound");
    trial->request.warm_up = trial->request.rounds_per_checkpoint = 0;
    trial_run(trial);
    assert_outcome(trial, OUTCOME_COMPLETED, "");
    ck_assert_uint_eq(trial->outcome.checkpoints->len, 3);
    ck_assert_uint_eq(AT(trial, 2)->rounds, 0);
}
END_TEST

START_TEST(the_peak_is_the_programs_and_not_the_harnesss)
{
    guint ballast_kib = 64 * 1024;
    void *ballast;
    while ((ballast = sbrk(ballast_kib * 1024)) == (void *)-1) /* memcheck grants little */
        ballast_kib /= 2;
    memset(ballast, 1, ballast_kib * 1024);
    g_autoptr(trial_t) trial = trial_new("sound");
    trial_run(trial);
    struct process_facts own;
    ck_assert(process_facts_read(getpid(), &own, NULL));
    ck_assert_uint_gt(trial->outcome.peak_kib, 500);
    ck_assert_uint_lt(trial->outcome.peak_kib + ballast_kib / 2, own.peak_resident_kib);
}
END_TEST

/* ---- Bad ones ---- */

static const struct {
    const char *manner;
    enum outcome outcome;
    const char *reason;
} bad[] = {
    {"silent", OUTCOME_BROKE,
     "the command ended (exit 3) without the program ever saying ready: no such luck"},
    {"early", OUTCOME_BROKE, "ended early (exit 7), in the 1 rounds after round 0"},
    {"unnoticed", OUTCOME_BROKE, "ended early (exit 7), in the 1 rounds after round 0"},
    {"crash", OUTCOME_BROKE, "ended early (signal 11"},
    {"nonsense", OUTCOME_BROKE, "“done well”, which is no message"},
    {"miscounts", OUTCOME_BROKE, "told to run 1 rounds and says it did 2"},
    {"child-speaks", OUTCOME_BROKE, "spoke in place of the program"},
    {"close", OUTCOME_BROKE, "closed its end of the protocol, in the 1 rounds after round 0"},
    {"leaves-daemon", OUTCOME_BROKE, "8 processes outlived the command"},
    {"hang", OUTCOME_TIMED_OUT, "not done after 0.5 s, in the 1 rounds after round 0"},
    {"hang-after-stop", OUTCOME_TIMED_OUT, "not done after 0.5 s, after `stop`"},
    {"memory", OUTCOME_BROKE, "the limit is 65536 KiB"},
};

START_TEST(a_bad_program_is_told_by_its_reason)
{
    g_autoptr(trial_t) trial = trial_new(bad[_i].manner);
    trial->request.time_limit = bad[_i].outcome == OUTCOME_TIMED_OUT ? 0.5 : 60;
    trial->request.memory_limit_kib = strcmp(bad[_i].manner, "memory") == 0 ? 65536 : 0;
    trial_run(trial);
    assert_outcome(trial, bad[_i].outcome, bad[_i].reason);
}
END_TEST

START_TEST(a_crash_after_the_last_look_is_left_to_be_judged)
{
    g_autoptr(trial_t) trial = trial_new("crash-after-stop");
    trial_run(trial);
    assert_outcome(trial, OUTCOME_COMPLETED, "");
    ck_assert(trial->outcome.ending.signalled);
    ck_assert_int_eq(trial->outcome.ending.code, SIGABRT);
}
END_TEST

START_TEST(what_cannot_start_says_why)
{
    g_autoptr(trial_t) absent = trial_new("sound"), folderless = trial_new("sound");
    g_free(absent->request.argv[0]);
    absent->request.argv[0] = g_strdup("no-such-program");
    ck_assert_int_eq(rmdir(folderless->request.directory), 0);
    trials_run(2, (struct trial *[]){absent, folderless}, 2);
    assert_outcome(absent, OUTCOME_BROKE, "cannot start no-such-program: No such file");
    assert_outcome(folderless, OUTCOME_BROKE, "cannot write");
}
END_TEST

START_TEST(daemons_are_ended_with_their_run)
{
    g_autoptr(trial_t) hangs = trial_new("daemons"), leaves = trial_new("leaves-daemon");
    hangs->request.time_limit = 1;
    trials_run(2, (struct trial *[]){hangs, leaves}, 2);
    assert_outcome(hangs, OUTCOME_TIMED_OUT, "");
    ck_assert_uint_eq(leaves->outcome.stragglers, 8);
    g_autofree char *of_hangs = trial_file(hangs, "daemon-pid");
    g_autofree char *of_leaves = trial_file(leaves, "daemon-pid");
    ck_assert_uint_eq(daemons_alive(of_hangs), 0);
    ck_assert_uint_eq(daemons_alive(of_leaves), 0);
}
END_TEST

START_TEST(no_descriptor_goes_from_one_run_to_another)
{
    struct trial *trials[6];
    struct process_facts before, after;
    ck_assert(process_facts_read(getpid(), &before, NULL));
    for (guint i = 0; i < G_N_ELEMENTS(trials); i++)
        trials[i] = trial_new("list");
    trials_run(3, trials, G_N_ELEMENTS(trials));
    ck_assert(process_facts_read(getpid(), &after, NULL));
    ck_assert_uint_eq(after.descriptors, before.descriptors);
    ck_assert_uint_eq(after.children, before.children);
    for (guint i = 0; i < G_N_ELEMENTS(trials); i++) {
        g_autofree char *listed = trial_file(trials[i], "stdout");
        ck_assert_str_eq(listed, "0\n1\n2\n3\n");
        trial_free(trials[i]);
    }
}
END_TEST

/* ---- Observers ---- */

struct watcher {
    guint looks;
    const char *agent, *input;
    char *const *argv;
    bool fails;
    guint64 rounds;
    pid_t pid;
};

static bool watch(void *data, const struct moment *moment, struct observation *observation,
                  GError **error)
{
    struct watcher *watcher = data;
    ck_assert_uint_eq(moment->checkpoint, watcher->looks++);
    ck_assert_uint_eq(moment->checkpoints, 2);
    ck_assert_int_eq(process_state(moment->pid), 'S');
    watcher->rounds = moment->rounds;
    watcher->pid = moment->pid;
    if (watcher->fails) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "there is a fog");
        return false;
    }
    observation->agent = g_strdup(watcher->agent);
    observation->path =
        watcher->agent ? g_build_filename(moment->directory, "from agent", NULL) : NULL;
    observation->argv = watcher->argv ? g_strdupv((char **)watcher->argv) : NULL;
    observation->input = g_strdup(watcher->input);
    return true;
}

static void observe_with(struct trial *trial, struct observer *observers, struct watcher *watchers,
                         gsize count)
{
    for (gsize i = 0; i < count; i++)
        observers[i] = (struct observer){
            .look = watch,
            .data = &watchers[i],
            .directory = g_strdup_printf("%s/observer-%zu", trial->request.directory, i),
        };
    trial->request.observers = observers;
    trial->request.observer_count = count;
    trial_run(trial);
    for (gsize i = 0; i < count; i++)
        g_free(observers[i].directory);
}

START_TEST(observers_look_one_after_the_other)
{
    g_autoptr(trial_t) trial = trial_new("sound");
    char *shell[] = {"sh", "-c", "cat; echo $HOME", NULL};
    struct watcher watchers[] = {{.looks = 0}, {.agent = "heap"}, {.argv = shell, .input = "in\n"}};
    struct observer observers[3];
    observe_with(trial, observers, watchers, 3);
    assert_outcome(trial, OUTCOME_COMPLETED, "");
    for (int i = 0; i < 3; i++) {
        ck_assert_uint_eq(watchers[i].looks, 3);
        ck_assert_uint_eq(watchers[i].rounds, 11);
        ck_assert_int_eq(watchers[i].pid, trial->outcome.pid);
    }
    g_autofree char *seen = trial_file(trial, "observer-1/from agent");
    g_autofree char *written = trial_file(trial, "observer-2/observe-2.out");
    g_autofree char *expected = g_strdup_printf("in\n%s\n", trial->request.directory);
    ck_assert_str_eq(seen, "seen by heap\n");
    ck_assert_str_eq(written, expected);
}
END_TEST

START_TEST(an_observer_that_fails_fails_the_run)
{
    char *failing[] = {"sh", "-c", "echo no sight >&2; exit 4", NULL};
    char *absent[] = {"no-such-tool", NULL}, *slow[] = {"sleep", "1000", NULL};
    struct watcher watchers[] = {
        {.fails = true}, {.argv = failing}, {.argv = absent}, {.agent = "heap"}, {.argv = slow}};
    const char *reasons[] = {"there is a fog", "sh ended with exit 4: no sight",
                             "cannot start no-such-tool",
                             "cannot look with its agent heap: see in the dark",
                             "not done after 0.5 s, at checkpoint 0, after round 1"};
    struct observer observer;
    g_autoptr(trial_t) trial = trial_new("blind");
    trial->request.time_limit = _i == 4 ? 0.5 : 60;
    observe_with(trial, &observer, &watchers[_i], 1);
    assert_outcome(trial, _i == 4 ? OUTCOME_TIMED_OUT : OUTCOME_BROKE, reasons[_i]);
}
END_TEST

/* As the kernel may for want of memory: a look is no time of peace. */
static bool kill_it(void *data, const struct moment *moment, struct observation *observation,
                    GError **error)
{
    struct process_facts facts;
    (void)observation;
    ck_assert_int_eq(kill(moment->pid, SIGKILL), 0);
    if (data == NULL)
        return true; /* whoever looks next finds nobody */
    while (process_facts_read(moment->pid, &facts, error))
        g_usleep(100);
    return false;
}

START_TEST(who_dies_while_looked_at_is_told_by_its_end)
{
    g_autoptr(trial_t) trial = trial_new("sound");
    struct observer observer = {
        .look = kill_it, .data = _i ? trial : NULL, .directory = trial->request.directory};
    trial->request.observers = &observer;
    trial->request.observer_count = 1;
    trial->request.census = true;
    trial_run(trial);
    assert_outcome(trial, OUTCOME_BROKE, "the command ended early (signal 9 (Killed)), ");
}
END_TEST

/* ---- Ends from outside ---- */

static bool raise_interrupt(void *data, const struct moment *moment,
                            struct observation *observation, GError **error)
{
    (void)data, (void)moment, (void)observation, (void)error;
    kill(getpid(), SIGINT);
    return true;
}

START_TEST(an_interrupt_ends_all_cleanly)
{
    g_autoptr(trial_t) interrupts = trial_new("sound"), runs = trial_new("daemons"),
                       waits = trial_new("sound");
    struct observer observer = {.look = raise_interrupt,
                                .directory = interrupts->request.directory};
    interrupts->request.observers = &observer;
    interrupts->request.observer_count = 1;
    interrupts->request.checkpoints = 1000000;
    g_autoptr(runner_t) runner = runner_new(2, NULL);
    runner_add(runner, &runs->request);
    runner_add(runner, &interrupts->request);
    runner_add(runner, &waits->request);
    g_autoptr(GError) error = NULL;
    ck_assert(!runner_go(runner, &error));
    ck_assert_ptr_nonnull(strstr(error->message, "interrupted"));
    struct trial *all[] = {interrupts, runs, waits};
    for (int i = 0; i < 3; i++) {
        ck_assert_uint_eq(all[i]->finished, 1);
        assert_outcome(all[i], OUTCOME_INTERRUPTED, "told to stop");
    }
    ck_assert_int_eq(waits->outcome.pid, 0);
    ck_assert_int_eq(process_state(interrupts->outcome.pid), 0);
    struct process_facts facts;
    ck_assert(process_facts_read(getpid(), &facts, NULL));
    ck_assert_uint_eq(facts.children, 0);
}
END_TEST

struct follower {
    runner_t *runner;
    struct trial *next;
    bool stops;
    void (*finished)(struct run_request *request, const struct run_outcome *outcome, void *data);
    void *data;
};

static void follow(struct run_request *request, const struct run_outcome *outcome, void *data)
{
    struct follower *follower = data;
    follower->finished(request, outcome, follower->data);
    runner_add(follower->runner, &follower->next->request);
    if (follower->stops)
        runner_stop(follower->runner);
}

START_TEST(finished_may_add_a_run_and_stop_the_runner)
{
    g_autoptr(trial_t) first = trial_new("sound"), next = trial_new("sound"),
                       hangs = trial_new("hang");
    g_autoptr(runner_t) runner = runner_new(2, NULL);
    struct follower follower = {runner, next, _i == 1, first->request.finished, first};
    first->request.finished = follow;
    first->request.data = &follower;
    hangs->request.time_limit = _i == 1 ? 60 : 0.3;
    runner_add(runner, &hangs->request);
    runner_add(runner, &first->request);
    ck_assert(runner_go(runner, NULL));
    assert_outcome(first, OUTCOME_COMPLETED, "");
    assert_outcome(next, _i == 1 ? OUTCOME_INTERRUPTED : OUTCOME_COMPLETED, "");
    assert_outcome(hangs, _i == 1 ? OUTCOME_INTERRUPTED : OUTCOME_TIMED_OUT, "");
}
END_TEST

struct death {
    char *directory, *pids;
    pid_t observer_command;
};

static bool daemons_are_up(void *data)
{
    struct death *death = data;
    g_autofree char *daemons = g_build_filename(death->directory, "daemon-pid", NULL);
    g_autofree char *command = g_build_filename(death->directory, "observer-pid", NULL);
    g_autofree char *text = NULL;
    g_free(death->pids);
    death->pids = NULL;
    if (!g_file_get_contents(daemons, &death->pids, NULL, NULL) ||
        !g_file_get_contents(command, &text, NULL, NULL))
        return false;
    g_auto(GStrv) lines = g_strsplit(death->pids, "\n", -1);
    death->observer_command = atoi(text);
    return g_strv_length(lines) == 9 && g_str_has_suffix(text, "\n");
}

static bool nothing_is_left(void *data)
{
    struct death *death = data;
    return daemons_alive(death->pids) == 0 && process_state(death->observer_command) == 0 &&
           !g_file_test(death->directory, G_FILE_TEST_EXISTS);
}

static _Noreturn void be_the_harness(struct trial *trial)
{
    char *script[] = {"sh", "-c", "echo $$ > $HOME/observer-pid; exec sleep 1000", NULL};
    struct watcher watcher = {.argv = script};
    struct observer observer;
    if (caretaker_start(trial->request.directory, NULL))
        observe_with(trial, &observer, &watcher, 1);
    _exit(1);
}

START_TEST(nothing_is_left_of_a_killed_harness)
{
    g_autoptr(trial_t) trial = trial_new("leaves-daemon");
    struct death death = {.directory = trial->request.directory};
    pid_t harness = fork();
    if (harness == 0)
        be_the_harness(trial);
    ck_assert(eventually(daemons_are_up, &death));
    ck_assert_uint_eq(daemons_alive(death.pids), 8);
    kill(harness, SIGKILL);
    waitpid(harness, NULL, 0);
    ck_assert(eventually(nothing_is_left, &death));
    g_free(death.pids);
}
END_TEST

static Suite *run_suite(void)
{
    Suite *suite = suite_create("run");
    TCase *tests = tcase_create("courses");
    tcase_add_unchecked_fixture(tests, fixture_set_up, fixture_tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_sound_program_completes);
    tcase_add_test(tests, what_never_ends_is_killed_after_its_last_look);
    tcase_add_test(tests, a_kill_alone_is_no_want_of_memory);
    tcase_add_test(tests, a_detector_may_halt_its_program);
    tcase_add_test(tests, a_daemon_outlives_its_command_where_it_may);
    tcase_add_test(tests, a_command_may_know_no_protocol);
    tcase_add_test(tests, a_command_without_the_protocol_may_fail);
    tcase_add_test(tests, no_rounds_are_fine);
    tcase_add_test(tests, the_peak_is_the_programs_and_not_the_harnesss);
    tcase_add_loop_test(tests, a_bad_program_is_told_by_its_reason, 0, G_N_ELEMENTS(bad));
    tcase_add_test(tests, a_crash_after_the_last_look_is_left_to_be_judged);
    tcase_add_test(tests, what_cannot_start_says_why);
    tcase_add_test(tests, daemons_are_ended_with_their_run);
    tcase_add_test(tests, no_descriptor_goes_from_one_run_to_another);
    tcase_add_test(tests, observers_look_one_after_the_other);
    tcase_add_loop_test(tests, an_observer_that_fails_fails_the_run, 0, 5);
    tcase_add_loop_test(tests, who_dies_while_looked_at_is_told_by_its_end, 0, 2);
    tcase_add_test(tests, an_interrupt_ends_all_cleanly);
    tcase_add_loop_test(tests, finished_may_add_a_run_and_stop_the_runner, 0, 2);
    tcase_add_test(tests, nothing_is_left_of_a_killed_harness);
    suite_add_tcase(suite, tests);
    return suite;
}
SUITE(run_suite);
