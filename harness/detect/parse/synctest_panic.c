#include "detect/parse/synctest_panic.h"

#include <string.h>

#include "detect/parse/go_goroutine.h"
#include "detect/parse/stack.h"
#include "support/failure.h"

#define PANIC "panic: deadlock: main bubble goroutine has exited but blocked goroutines remain"

/* "[chan receive (durable), synctest bubble 1]" */
static bool is_of_bubble(const Yard__Finding *finding)
{
    static const char mark[] = ", synctest bubble ";
    const char *found = strstr(finding->text, mark);
    return found != NULL && g_ascii_isdigit(found[strlen(mark)]);
}

/* Reads the goroutine that begins at *LINE: one of a bubble is counted, and someone
 * has created it. */
static bool goroutine_read(char ***line, struct stacks *stacks)
{
    struct go_goroutine goroutine;
    if (!go_goroutine_read(line, YARD__CLAIM__LEAKED, &goroutine))
        return false;
    bool counts = is_of_bubble(goroutine.finding);
    if (counts && goroutine.created)
        stacks_count(stacks, goroutine.finding);
    else
        yard__finding__free_unpacked(goroutine.finding, NULL);
    return goroutine.created || !counts;
}

/* The lines are read up to the last newline, and an empty one lies between two
 * goroutines. */
static bool goroutines_read(char ***line, struct stacks *stacks)
{
    while (**line != NULL) {
        if (!goroutine_read(line, stacks))
            return false;
        (*line)++;
    }
    return true;
}

static bool list_read(char **lines, GPtrArray *findings, GError **error)
{
    char **line = lines;
    while (*line != NULL && !g_str_has_prefix(*line, GO_GOROUTINE_HEADING))
        line++;
    guint before = findings->len;
    struct stacks stacks = stacks_new(findings);
    bool read = goroutines_read(&line, &stacks);
    stacks_clear(&stacks);
    if (!read)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "cut short or damaged in line %d of the panic: \"%s\"", (int)(line - lines) + 1,
                    *line ? *line : "");
    if (findings->len == before)
        return fail(error, EXIT_INFRASTRUCTURE, "the panic lists no goroutine of a bubble");
    return true;
}

bool synctest_panic_parse(const char *text, gsize length, GPtrArray *findings, GError **error)
{
    if (!g_utf8_validate(text, (gssize)length, NULL))
        return fail(error, EXIT_INFRASTRUCTURE, "not text");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    char **panic = lines;
    while (*panic != NULL && !g_str_has_prefix(*panic, PANIC))
        panic++;
    if (*panic == NULL)
        return fail(error, EXIT_INFRASTRUCTURE, "no panic of synctest: nowhere does it say '%s'",
                    PANIC);
    return list_read(panic, findings, error);
}
