#include "detect/parse/go_traceback.h"

#include <string.h>

#include "detect/parse/go_stack.h"
#include "detect/parse/stack.h"
#include "schema/message.h"
#include "support/failure.h"

#define BEGIN   "SIGQUIT: quit\n"
#define HEADING "goroutine "

/* Number 0 is a thread's own stack, on which the scheduler works. */
enum { SCHEDULER = 0, MAIN = 1 };

/* "goroutine 7 gp=0x1acd m=nil [chan receive, locked to thread]:": its number, and the
 * state with its brackets, NULL if this is no heading. Free with g_free. */
static char *heading_read(const char *line, guint64 *number)
{
    const char *state = strchr(line, '[');
    if (!g_str_has_prefix(line, HEADING) || !g_str_has_suffix(line, "]:") || state == NULL)
        return NULL;
    char *end;
    *number = g_ascii_strtoull(line + strlen(HEADING), &end, 10);
    if (end == line + strlen(HEADING) || *end != ' ')
        return NULL;
    return g_strndup(state, strlen(state) - strlen(":"));
}

static bool goroutine_read(char ***line, struct stacks *stacks)
{
    guint64 number;
    g_autofree char *state = heading_read(**line, &number);
    if (state == NULL)
        return false;
    Yard__Finding *finding =
        finding_new(YARD__CLAIM__OUTSTANDING, YARD__RESOURCE__GOROUTINE, 1, -1);
    finding->text = g_strdup_printf("goroutine %s", state);
    (*line)++;
    struct go_stack stack = go_stack_read(line, finding);
    finding->has_since = finding->has_stack_complete = true;
    finding->since = YARD__SINCE__START;
    finding->stack_complete = stack.created && !stack.elided;
    bool whole = finding->n_frame > 0 && **line != NULL && ***line == '\0';
    if (whole && number != SCHEDULER && number != MAIN)
        stacks_count(stacks, finding);
    else
        yard__finding__free_unpacked(finding, NULL);
    return whole;
}

/* "rax    0x1" */
static bool is_register(const char *line)
{
    const char *value = strstr(line, " 0x");
    return value != NULL && value > line &&
           strspn(value + strlen(" 0x"), "0123456789abcdef") == strlen(value + strlen(" 0x"));
}

/* From *LINE on there are registers, to the end. */
static bool registers_read(char ***line)
{
    guint count = 0;
    for (; **line != NULL && is_register(**line); count++)
        (*line)++;
    return count > 0 && **line != NULL && ***line == '\0' && (*line)[1] == NULL;
}

/* Empty lines lie between the goroutines. */
static bool goroutines_read(char ***line, struct stacks *stacks)
{
    while (**line != NULL && g_str_has_prefix(**line, HEADING)) {
        if (!goroutine_read(line, stacks))
            return false;
        (*line)++;
    }
    return true;
}

bool go_traceback_parse(const char *text, gsize length, GPtrArray *findings, GError **error)
{
    if (!g_utf8_validate(text, (gssize)length, NULL))
        return fail(error, EXIT_INFRASTRUCTURE, "not text");
    const char *begin = strstr(text, BEGIN);
    if (begin == NULL)
        return fail(error, EXIT_INFRASTRUCTURE, "no traceback: it doesn't say '%.*s'",
                    (int)strlen(BEGIN) - 1, BEGIN);
    g_auto(GStrv) lines = g_strsplit(begin, "\n", -1);
    char **line = lines;
    while (*line != NULL && !g_str_has_prefix(*line, HEADING))
        line++;
    struct stacks stacks = stacks_new(findings);
    bool read = goroutines_read(&line, &stacks) && registers_read(&line);
    stacks_clear(&stacks);
    if (read)
        return true;
    return fail(error, EXIT_INFRASTRUCTURE,
                "cut short or damaged in line %d of the traceback: \"%s\"", (int)(line - lines) + 1,
                *line ? *line : "");
}
