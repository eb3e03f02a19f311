#include "detect/parse/go_traceback.h"

#include <string.h>

#include "detect/parse/go_goroutine.h"
#include "detect/parse/stack.h"
#include "support/failure.h"

#define BEGIN "SIGQUIT: quit\n"

/* Number 0 is a thread's own stack, on which the scheduler works. */
enum { SCHEDULER = 0, MAIN = 1 };

static bool goroutine_read(char ***line, struct stacks *stacks)
{
    struct go_goroutine goroutine;
    if (!go_goroutine_read(line, YARD__CLAIM__OUTSTANDING, &goroutine))
        return false;
    if (goroutine.number != SCHEDULER && goroutine.number != MAIN)
        stacks_count(stacks, goroutine.finding);
    else
        yard__finding__free_unpacked(goroutine.finding, NULL);
    return true;
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
    while (**line != NULL && g_str_has_prefix(**line, GO_GOROUTINE_HEADING)) {
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
    while (*line != NULL && !g_str_has_prefix(*line, GO_GOROUTINE_HEADING))
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
