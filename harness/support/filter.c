#include "support/filter.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/failure.h"

static bool write_all(int descriptor, const char *text, gsize length)
{
    for (gsize done = 0; done < length;) {
        ssize_t written = write(descriptor, text + done, length - done);
        if (written < 0)
            return false;
        done += (gsize)written;
    }
    return lseek(descriptor, 0, SEEK_SET) == 0;
}

static bool read_all(int descriptor, GByteArray *into)
{
    guint8 piece[65536];
    if (lseek(descriptor, 0, SEEK_SET) != 0)
        return false;
    for (ssize_t got; (got = read(descriptor, piece, sizeof piece)) != 0;) {
        if (got < 0)
            return false;
        g_byte_array_append(into, piece, (guint)got);
    }
    return true;
}

/* The tool's standard streams, as files in memory. */
struct streams {
    int input, output;
};

/* In the child, between fork and exec. */
static void connect_streams(gpointer data)
{
    const struct streams *streams = data;
    dup2(streams->input, STDIN_FILENO);
    dup2(streams->output, STDOUT_FILENO);
}

static bool run(char *const *argv, struct streams *streams, char **complaints, int *exit_code,
                GError **error)
{
    g_autoptr(GError) cause = NULL;
    int status;
    GSpawnFlags flags =
        G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN | G_SPAWN_STDOUT_TO_DEV_NULL;
    if (!g_spawn_sync(NULL, (char **)argv, NULL, flags, connect_streams, streams, NULL, complaints,
                      &status, &cause))
        return fail(error, EXIT_INFRASTRUCTURE, "cannot run %s: %s", argv[0], cause->message);
    if (!WIFEXITED(status))
        return fail(error, EXIT_INFRASTRUCTURE, "%s was ended by signal %d", argv[0],
                    WTERMSIG(status));
    *exit_code = WEXITSTATUS(status);
    return true;
}

bool filter_run(char *const *argv, const char *input, gsize length, GBytes **output,
                char **complaints, int *exit_code, GError **error)
{
    struct streams streams = {memfd_create("input", MFD_CLOEXEC),
                              memfd_create("output", MFD_CLOEXEC)};
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autofree char *said = NULL;
    bool sound = streams.input >= 0 && streams.output >= 0;
    if (!sound || !write_all(streams.input, input, length))
        sound = fail_errno(error, "cannot hand a text to %s", argv[0]);
    sound = sound && run(argv, &streams, &said, exit_code, error);
    if (sound && !read_all(streams.output, bytes))
        sound = fail_errno(error, "cannot read what %s wrote", argv[0]);
    if (streams.input >= 0)
        close(streams.input);
    if (streams.output >= 0)
        close(streams.output);
    if (!sound)
        return false;
    *output = g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
    *complaints = g_steal_pointer(&said);
    return true;
}
