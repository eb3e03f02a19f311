#include "command/story.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/procfs.h"

char *story_type(const char *folder, int *code, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *line = g_strdup_vprintf(format, list);
    va_end(list);
    g_autofree char *merged = g_strdup_printf("exec 2>&1\n%s", line);
    char *argv[] = {"/bin/sh", "-c", merged, NULL}, *said = NULL;
    int status;
    g_autoptr(GError) error = NULL;
    bool fine =
        g_spawn_sync(folder, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, NULL, &status, &error);
    ck_assert_msg(fine, "cannot type %s: %s", line, error ? error->message : "");
    int exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (code != NULL)
        *code = exit_code;
    else
        ck_assert_msg(exit_code == 0, "exit %d of %s:\n%.2000s", exit_code, line, said);
    return said;
}

bool story_has(const char *tool, const char *what)
{
    g_autofree char *path = g_find_program_in_path(tool);
    if (path == NULL)
        fprintf(stderr, "not checked: %s (%s is not installed)\n", what, tool);
    return path != NULL;
}

static GMatchInfo *match(const char *text, const char *pattern)
{
    GMatchInfo *found = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_MULTILINE, 0, &error);
    ck_assert_msg(regex != NULL, "%s: %s", pattern, error ? error->message : "");
    g_regex_match(regex, text, 0, &found);
    return found;
}

double story_number(const char *text, const char *pattern)
{
    g_autoptr(GMatchInfo) found = match(text, pattern);
    ck_assert_msg(g_match_info_matches(found), "no %s in:\n%.2000s", pattern, text);
    g_autofree char *number = g_match_info_fetch(found, 1);
    return g_ascii_strtod(number, NULL);
}

bool story_says(const char *text, const char *pattern)
{
    g_autoptr(GMatchInfo) found = match(text, pattern);
    return g_match_info_matches(found);
}

/* The row of FUNCTION; the group is the cell that comes after those AHEAD of it. */
static char *row_pattern(const char *function, const char *ahead)
{
    const char *space = strrchr(function, '/');
    g_autofree char *name = g_regex_escape_string(space ? space + 1 : function, -1);
    return g_strdup_printf("^ *%s(-?[0-9.e+]+)\\S* .*[ /]%s(?: \\(inline\\))?$", ahead, name);
}

double story_cell(const char *table, const char *function, int column)
{
    const char *const ahead[] = {
        NULL, "", "\\S+ +", NULL, "\\S+ +\\S+ +\\S+ +", "\\S+ +\\S+ +\\S+ +\\S+ +"};
    g_autofree char *pattern = row_pattern(function, ahead[column]);
    return story_number(table, pattern);
}

bool story_has_row(const char *table, const char *function)
{
    g_autofree char *pattern = row_pattern(function, "");
    return story_says(table, pattern);
}

/* ---- Parked programs ---- */

gint64 story_anonymous_kib(pid_t pid)
{
    struct process_facts facts;
    g_autoptr(GError) error = NULL;
    ck_assert_msg(process_facts_read(pid, &facts, &error), "%s", error ? error->message : "");
    return (gint64)facts.resident_anonymous_kib;
}

static void hear_until_parked(struct parked *parked)
{
    g_autoptr(GString) said = g_string_new(NULL);
    char piece[512];
    while (strstr(said->str, "press Enter") == NULL) {
        ssize_t got = read(parked->output, piece, sizeof piece);
        ck_assert_msg(got > 0, "it ended before it was parked: %s", said->str);
        g_string_append_len(said, piece, got);
    }
    parked->said = g_string_free(g_steal_pointer(&said), FALSE);
}

void parked_start(struct parked *parked, const char *program, const char *arguments,
                  const char *setting)
{
    g_autofree char *line =
        g_strdup_printf("%s/plain/%s %s --hold", TEST_BUILD, program, arguments);
    g_auto(GStrv) argv = g_strsplit(line, " ", -1);
    g_auto(GStrv) environment = g_get_environ();
    if (setting != NULL) {
        g_auto(GStrv) parts = g_strsplit(setting, "=", 2);
        environment = g_environ_setenv(environment, parts[0], parts[1], TRUE);
    }
    g_autoptr(GError) error = NULL;
    bool fine =
        g_spawn_async_with_pipes("/", argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                                 &parked->pid, &parked->input, &parked->output, NULL, &error);
    ck_assert_msg(fine, "cannot start %s: %s", line, error ? error->message : "");
    hear_until_parked(parked);
}

void parked_end(struct parked *parked)
{
    int status;
    close(parked->input);
    ck_assert_int_eq(waitpid(parked->pid, &status, 0), parked->pid);
    ck_assert_int_eq(status, 0);
    close(parked->output);
    g_free(parked->said);
    *parked = (struct parked){0};
}
