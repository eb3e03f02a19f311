#include "command/cli.h"

#include <check.h>
#include <stdarg.h>
#include <string.h>
#include <sys/wait.h>

#include "support/tree.h"

static char **command_line(char *const *arguments)
{
    GPtrArray *argv = g_ptr_array_new();
    g_ptr_array_add(argv, TEST_BUILD "/leakyard");
    for (; *arguments != NULL; arguments++)
        g_ptr_array_add(argv, *arguments);
    g_ptr_array_add(argv, NULL);
    return (char **)g_ptr_array_free(argv, FALSE);
}

static int exit_code_of(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void cli_run_with(struct cli *cli, const char *const *settings, char *const *arguments)
{
    g_autofree char **argv = command_line(arguments);
    g_auto(GStrv) environment = g_get_environ();
    for (; settings != NULL && *settings != NULL; settings++) {
        g_auto(GStrv) parts = g_strsplit(*settings, "=", 2);
        environment = g_environ_setenv(environment, parts[0], parts[1], TRUE);
    }
    int status;
    g_autoptr(GError) error = NULL;
    gboolean fine = g_spawn_sync("/", argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &cli->out,
                                 &cli->err, &status, &error);
    ck_assert_msg(fine, "cannot run leakyard: %s", error ? error->message : "");
    cli->code = exit_code_of(status);
}

void cli_run(struct cli *cli, ...)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    va_list list;
    va_start(list, cli);
    do
        g_ptr_array_add(arguments, va_arg(list, char *));
    while (g_ptr_array_index(arguments, arguments->len - 1) != NULL);
    va_end(list);
    cli_run_with(cli, NULL, (char *const *)arguments->pdata);
}

GPid cli_start(char *const *arguments)
{
    g_autofree char **argv = command_line(arguments);
    GPid pid;
    ck_assert(g_spawn_async("/", argv, NULL,
                            G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                                G_SPAWN_STDERR_TO_DEV_NULL,
                            NULL, NULL, &pid, NULL));
    return pid;
}

int cli_wait(GPid pid)
{
    int status;
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    return exit_code_of(status);
}

void cli_clear(struct cli *cli)
{
    g_free(cli->out);
    g_free(cli->err);
}

json_t *json_of(const char *out)
{
    json_error_t error;
    json_t *json = json_loads(out, 0, &error);
    ck_assert_msg(json != NULL, "no JSON: line %d: %s in:\n%.400s", error.line, error.text, out);
    return json;
}

json_t *result_of(json_t *report, const char *scenario, const char *variant, const char *detector)
{
    size_t i;
    json_t *result;
    json_array_foreach(
        json_object_get(report, "results"), i,
        result) if (g_strcmp0(json_string_value(json_object_get(result, "id")), scenario) == 0 &&
                    g_strcmp0(json_string_value(json_object_get(result, "variant")), variant) ==
                        0 &&
                    g_strcmp0(json_string_value(json_object_get(result, "detector")), detector) ==
                        0) return result;
    ck_abort_msg("no result for %s %s %s", scenario, variant, detector);
    return NULL;
}

const char *verdict_of(json_t *report, const char *scenario, const char *variant,
                       const char *detector)
{
    return json_string_value(
        json_object_get(result_of(report, scenario, variant, detector), "verdict"));
}

char *test_folder(void)
{
    char *folder = g_dir_make_tmp("leakyard-test-XXXXXX", NULL);
    ck_assert_ptr_nonnull(folder);
    return folder;
}

char *plugin_path(const char *name)
{
    return g_build_filename(TEST_ROOT, "tests", "plugins", name, NULL);
}

void write_file(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *above = g_path_get_dirname(path);
    ck_assert_int_eq(g_mkdir_with_parents(above, 0755), 0);
    ck_assert(g_file_set_contents(path, text, -1, NULL));
}

guint programs_alive(void)
{
    guint count = 0;
    g_autoptr(GDir) processes = g_dir_open("/proc", 0, NULL);
    for (const char *name; (name = g_dir_read_name(processes)) != NULL;) {
        if (!g_ascii_isdigit(*name))
            continue;
        g_autofree char *link = g_build_filename("/proc", name, "cwd", NULL);
        g_autofree char *folder = g_file_read_link(link, NULL);
        if (folder != NULL && g_str_has_prefix(folder, TEST_BUILD "/runs/"))
            count++;
    }
    return count;
}

guint run_folders(void)
{
    guint count = 0;
    g_autoptr(GDir) runs = g_dir_open(TEST_BUILD "/runs", 0, NULL);
    while (runs != NULL && g_dir_read_name(runs) != NULL)
        count++;
    return count;
}
