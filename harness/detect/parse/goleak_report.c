#include "detect/parse/goleak_report.h"

#include <string.h>

#include "detect/parse/go_stack.h"
#include "detect/parse/stack.h"
#include "schema/message.h"
#include "support/failure.h"

#define BEGIN "found unexpected goroutines:\n["
#define END   "\n]\n"

/* "[Goroutine 7 in state chan receive, with main.wait on top of the stack:"; all but
 * the first begin with MARK ' '. Returns the function on top, or NULL. Free with
 * g_free. */
static char *header_read(const char *line, char mark)
{
    static const char start[] = "Goroutine ", with[] = ", with ", end[] = " on top of the stack:";
    if (*line != mark || !g_str_has_prefix(line + 1, start))
        return NULL;
    const char *number = line + strlen(start) + 1;
    gsize digits = strspn(number, "0123456789");
    const char *top = g_strrstr(number, with);
    if (digits == 0 || !g_str_has_prefix(number + digits, " in state ") || top == NULL)
        return NULL;
    top += strlen(with);
    return g_str_has_suffix(top, end) ? g_strndup(top, strlen(top) - strlen(end)) : NULL;
}

/* TOP is the function that the heading names; it has none if only the creator is known. */
static bool is_on_top(const Yard__Finding *stack, bool created, const char *top)
{
    bool only_creator = created && stack->n_frame == 1;
    return stack->n_frame > 0 && strcmp(only_creator ? "" : stack->frame[0]->function, top) == 0;
}

/* Reads the goroutine that begins at *LINE, and moves *LINE behind it. */
static bool goroutine_read(char ***line, char mark, struct stacks *stacks)
{
    const char *header = **line;
    g_autofree char *top = header_read(header, mark);
    if (top == NULL)
        return false;
    Yard__Finding *finding = finding_new(YARD__CLAIM__LEAKED, YARD__RESOURCE__GOROUTINE, 1, -1);
    finding->has_since = finding->has_stack_complete = true;
    finding->since = YARD__SINCE__WARM_UP;
    finding->stack_complete = true;
    finding->text = g_strdup(header + 1);
    (*line)++;
    /* Where the runtime elides frames goleak itself panics. */
    struct go_stack stack = go_stack_read(line, finding);
    if (stack.elided || !is_on_top(finding, stack.created, top)) {
        yard__finding__free_unpacked(finding, NULL);
        return false;
    }
    stacks_count(stacks, finding);
    while (**line != NULL && ***line == '\0') /* as after a stack that no creator ends */
        (*line)++;
    return true;
}

/* The list that TEXT ends with; it begins in the second line. */
static bool list_read(const char *text, GPtrArray *findings, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    char **line = lines + 1;
    struct stacks stacks = stacks_new(findings);
    bool read = goroutine_read(&line, '[', &stacks);
    while (read && *line != NULL && strcmp(*line, "]") != 0)
        read = goroutine_read(&line, ' ', &stacks);
    stacks_clear(&stacks);
    if (!read || *line == NULL)
        return fail(error, EXIT_INFRASTRUCTURE, "line %d is damaged: \"%s\"",
                    (int)(line - lines) + 1, *line ? *line : "");
    if (strcmp(line[1], "") != 0 || line[2] != NULL)
        return fail(error, EXIT_INFRASTRUCTURE, "its list ends before line %d, and goes on",
                    (int)(line - lines) + 2);
    return true;
}

bool goleak_report_parse(const char *text, gsize length, GPtrArray *findings, GError **error)
{
    if (!g_utf8_validate(text, (gssize)length, NULL))
        return fail(error, EXIT_INFRASTRUCTURE, "not text");
    if (strcmp(text, NO_UNEXPECTED_GOROUTINES) == 0)
        return true;
    if (!g_str_has_prefix(text, BEGIN))
        return fail(error, EXIT_INFRASTRUCTURE, "not a report of goleak, or cut short");
    if (!g_str_has_suffix(text, END))
        return fail(error, EXIT_INFRASTRUCTURE, "cut short: its list has no end");
    return list_read(text, findings, error);
}
