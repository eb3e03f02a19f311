#include "run_fixture.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "suite.h"
#include "support/procfs.h"
#include "support/tree.h"

static char *folder, *peer, *census;

static void compile(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *line = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *errors = NULL;
    int status;
    ck_assert(g_spawn_command_line_sync(line, NULL, &errors, &status, NULL));
    ck_assert_msg(status == 0, "%s: %s", line, errors);
}

void fixture_set_up(void)
{
    g_autofree char *source = data_path("run/peer.c");
    folder = g_dir_make_tmp("yard-run-XXXXXX", NULL);
    peer = g_build_filename(folder, "peer", NULL);
    census = g_build_filename(folder, "libcensus.so", NULL);
    compile("cc -D_GNU_SOURCE -O0 -fno-builtin -pthread -w -o %s %s", peer, source);
    compile("cc -std=c17 -D_GNU_SOURCE -O2 -fno-builtin -fPIC -shared -I%s/harness -o %s "
            "%s/harness/run/census_preload.c",
            TEST_ROOT, census, TEST_ROOT);
}

void fixture_tear_down(void)
{
    tree_remove(folder, NULL);
    g_free(folder);
    g_free(peer);
    g_free(census);
}

const char *fixture_folder(void)
{
    return folder;
}

const char *fixture_census(void)
{
    return census;
}

static void note_outcome(struct run_request *request, const struct run_outcome *outcome, void *data)
{
    struct trial *trial = data;
    ck_assert_ptr_eq(request, &trial->request);
    trial->finished++;
    trial->outcome = *outcome;
    trial->outcome.reason = g_strdup(outcome->reason);
    trial->outcome.said = g_strdup(outcome->said);
    trial->outcome.checkpoints = g_array_ref(outcome->checkpoints);
}

struct trial *trial_new(const char *manner)
{
    struct trial *trial = g_new0(struct trial, 1);
    g_autofree char *template = g_build_filename(folder, "trial-XXXXXX", NULL);
    trial->request = (struct run_request){
        .directory = g_strdup(mkdtemp(template)),
        .argv = g_strdupv((char *[]){peer, (char *)manner, NULL}),
        .envp = g_strdupv((char *[]){(char *)"PATH=/usr/bin:/bin", NULL}),
        .warm_up = 1,
        .checkpoints = 2,
        .rounds_per_checkpoint = 5,
        .time_limit = 60,
        .finished = note_outcome,
        .data = trial,
    };
    return trial;
}

void trial_free(struct trial *trial)
{
    tree_remove(trial->request.directory, NULL);
    g_free(trial->request.directory);
    g_strfreev(trial->request.argv);
    g_strfreev(trial->request.envp);
    g_strfreev(trial->request.server.argv);
    g_strfreev(trial->request.server.envp);
    g_free(trial->outcome.reason);
    g_free(trial->outcome.said);
    g_clear_pointer(&trial->outcome.checkpoints, g_array_unref);
    g_free(trial);
}

void trials_run(guint jobs, struct trial *const *trials, gsize count)
{
    g_autoptr(runner_t) runner = runner_new(jobs, census);
    for (gsize i = 0; i < count; i++)
        runner_add(runner, &trials[i]->request);
    g_autoptr(GError) error = NULL;
    ck_assert_msg(runner_go(runner, &error), "%s", error ? error->message : "");
    for (gsize i = 0; i < count; i++)
        ck_assert_uint_eq(trials[i]->finished, 1);
}

void trial_run(struct trial *trial)
{
    trials_run(1, &trial, 1);
}

char *trial_file(const struct trial *trial, const char *name)
{
    g_autofree char *path = g_build_filename(trial->request.directory, name, NULL);
    char *text = NULL;
    ck_assert_msg(g_file_get_contents(path, &text, NULL, NULL), "no file %s", path);
    return text;
}

guint daemons_alive(const char *pids)
{
    guint alive = 0;
    g_auto(GStrv) lines = g_strsplit(pids, "\n", -1);
    for (char **line = lines; *line && **line; line++)
        alive += process_is_living(atoi(*line));
    return alive;
}

bool eventually(bool (*done)(void *data), void *data)
{
    gint64 until = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;
    while (!done(data)) {
        if (g_get_monotonic_time() > until)
            return false;
        poll(NULL, 0, 2);
    }
    return true;
}
