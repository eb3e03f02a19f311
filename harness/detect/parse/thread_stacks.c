#include "detect/parse/thread_stacks.h"

#include <string.h>

#include "schema/message.h"
#include "support/failure.h"

/* "TID 23956:"; its number, or 0 if this is no heading. */
static guint64 heading_read(const char *line)
{
    static const char start[] = "TID ";
    if (!g_str_has_prefix(line, start))
        return 0;
    char *end;
    guint64 number = g_ascii_strtoull(line + strlen(start), &end, 10);
    return strcmp(end, ":") == 0 ? number : 0;
}

/* "#4  0x000000000050804e receiver_listen - /path/program", without a name, or without
 * a module, where none is known. */
static bool call_read(const char *line, char **function, char **module)
{
    if (*line != '#')
        return false;
    gsize digits = strspn(line + 1, "0123456789");
    const char *address = line + 1 + digits;
    address += strspn(address, " ");
    if (digits == 0 || !g_str_has_prefix(address, "0x"))
        return false;
    const char *rest = address + 2 + strspn(address + 2, "0123456789abcdef");
    if (rest == address + 2)
        return false;
    const char *dash = strstr(rest, " - ");
    g_autofree char *name = g_strndup(rest, dash ? (gsize)(dash - rest) : strlen(rest));
    g_strstrip(name);
    *function = *name ? g_steal_pointer(&name) : NULL;
    *module = dash && dash[3] ? g_strdup(dash + 3) : NULL;
    return true;
}

/* "    blocked-consumer/query.c:14:14", below the call that it belongs to. */
static char *source_read(const char *line, guint *number)
{
    static const char indent[] = "    ";
    *number = 0;
    if (!g_str_has_prefix(line, indent))
        return NULL;
    g_auto(GStrv) parts = g_strsplit(line + strlen(indent), ":", -1);
    guint count = g_strv_length(parts);
    guint64 value;
    if (count < 2 || count > 3 ||
        !g_ascii_string_to_unsigned(parts[1], 10, 0, G_MAXINT32, &value, NULL))
        return NULL;
    *number = (guint)value;
    return g_strdup(parts[0]);
}

static bool frame_read(char ***line, Yard__Finding *finding)
{
    g_autofree char *function = NULL, *module = NULL;
    if (!call_read(**line, &function, &module))
        return false;
    (*line)++;
    guint number = 0;
    g_autofree char *file = **line ? source_read(**line, &number) : NULL;
    if (file != NULL)
        (*line)++;
    finding_add_frame(finding, frame_new(function, file, number, module));
    return true;
}

/* A thread about which nothing could be found out has no frames. */
static bool thread_read(char ***line, bool first, struct stacks *stacks)
{
    if (heading_read(**line) == 0)
        return false;
    (*line)++;
    Yard__Finding *finding = finding_new(YARD__CLAIM__OUTSTANDING, YARD__RESOURCE__THREAD, 1, -1);
    finding->has_since = true;
    finding->since = YARD__SINCE__WARM_UP;
    while (**line != NULL && frame_read(line, finding))
        continue;
    stack_conclude(finding);
    if (first)
        yard__finding__free_unpacked(finding, NULL);
    else
        stacks_count(stacks, finding);
    return true;
}

bool thread_stacks_parse(const char *text, gsize length, struct stacks *stacks, GError **error)
{
    if (!g_utf8_validate(text, (gssize)length, NULL))
        return fail(error, EXIT_INFRASTRUCTURE, "not text");
    if (!g_regex_match_simple("^PID [0-9]+ - process\nTID ", text, 0, 0))
        return fail(error, EXIT_INFRASTRUCTURE, "no list of threads");
    if (!g_str_has_suffix(text, "\n"))
        return fail(error, EXIT_INFRASTRUCTURE, "cut short: it ends within a line");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    char **line = lines + 1;
    bool read = true;
    for (bool first = true; read && *line != NULL && **line != '\0'; first = false)
        read = thread_read(&line, first, stacks);
    if (read && *line != NULL && line[1] == NULL)
        return true;
    return fail(error, EXIT_INFRASTRUCTURE, "line %d is damaged: \"%s\"", (int)(line - lines) + 1,
                *line ? *line : "");
}
