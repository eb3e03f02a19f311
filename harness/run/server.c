#include "run/server.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "run/command_run.h"
#include "support/failure.h"

#define ADDRESS_MAX 4096 /* whoever writes more in a line speaks of something else */

static bool start_keeper(struct server *server, const struct server_command *command,
                         const char *directory, int output, GError **error)
{
    struct keeper_spec spec = {
        .directory = directory,
        .argv = command->argv,
        .envp = command->envp,
        .standard = {input_open(NULL, error), output, -1},
        .protocol = -1,
    };
    if (spec.standard[0] < 0)
        return false;
    spec.standard[2] = output_open(server->errors, error);
    bool opened = spec.standard[2] >= 0;
    bool started = opened && keeper_start(&spec, &server->keeper, error);
    close(spec.standard[0]);
    if (opened)
        close(spec.standard[2]);
    return started;
}

bool server_start(struct server *server, const struct server_command *command,
                  const char *directory, GError **error)
{
    int ends[2];
    *server = (struct server){.name = command->argv[0], .output = -1};
    server->errors = g_build_filename(directory, "server.stderr", NULL);
    server->said = g_string_new(NULL);
    if (pipe2(ends, O_CLOEXEC) < 0)
        return fail_errno(error, "cannot make a pipe to the server %s", server->name);
    server->started = start_keeper(server, command, directory, ends[1], error);
    close(ends[1]);
    server->output = ends[0];
    return server->started;
}

int server_output(const struct server *server)
{
    return server->started && !server->silent ? server->output : -1;
}

int server_life(const struct server *server)
{
    return server->started ? server->keeper.life : -1;
}

char *server_hear(struct server *server)
{
    char piece[512];
    ssize_t got = read(server->output, piece, sizeof piece);
    server->silent = got <= 0;
    g_string_append_len(server->said, piece, MAX(got, 0));
    const char *end = strchr(server->said->str, '\n');
    if (end == NULL && server->said->len < ADDRESS_MAX)
        return NULL;
    server->silent = true;
    return end == NULL || end == server->said->str
               ? NULL
               : g_utf8_make_valid(server->said->str, end - server->said->str);
}

static char *how_it_ended(const struct server *server, const struct keeper_report *report)
{
    g_autofree char *errors = errors_read(server->errors);
    g_autofree char *line = first_line(errors);
    struct ending ending = ending_of(report->status);
    g_autofree char *how = ending_text(&ending);
    return g_strdup_printf("the server %s ended (%s)%s%s", server->name, how, *line ? ": " : "",
                           line);
}

bool server_lives(struct server *server, char **why)
{
    struct keeper_report report;
    bool heard = keeper_receive(&server->keeper, &report);
    if (heard && (report.event == KEEPER_STARTED || report.event == KEEPER_DESERTED))
        return true; /* its end tells of stragglers */
    if (!heard)
        *why = g_strdup_printf("the keeper of the server %s was killed", server->name);
    else if (report.event == KEEPER_CANNOT_START)
        *why = g_strdup_printf("cannot start the server %s: %s", server->name,
                               g_strerror(report.error));
    else
        *why = how_it_ended(server, &report);
    keeper_release(&server->keeper);
    server->started = false;
    return false;
}

void server_kill(const struct server *server)
{
    if (server->started)
        keeper_kill(&server->keeper);
}

void server_clear(struct server *server)
{
    if (server->started)
        keeper_release(&server->keeper);
    if (server->said != NULL && server->output >= 0)
        close(server->output);
    if (server->said != NULL)
        g_string_free(server->said, TRUE);
    g_free(server->errors);
}
