#include "detect/parse/delve_stacks.h"

#include <string.h>

#include "schema/message.h"
#include "support/failure.h"

#define MAIN      1
#define OUTERMOST "runtime.goexit"
#define IN_C      "C." /* before the name of most functions of C */

/* "  Goroutine 7 - User: main.go:17 main.serve (0x507e06) [chan send]": its number, or 0
 * if this is no heading. The one that was looked at last is marked by a star. */
static guint64 heading_read(const char *line)
{
    static const char start[] = "Goroutine ";
    if (strlen(line) < 2 || !g_str_has_prefix(line + 2, start))
        return 0;
    char *end;
    guint64 number = g_ascii_strtoull(line + 2 + strlen(start), &end, 10);
    return g_str_has_prefix(end, " - ") ? number : 0;
}

/* "\t 4  0x0000000000507e06 in main.serve.func1": the function, or NULL. Free with g_free. */
static char *call_read(const char *line)
{
    const char *number = line + strspn(line, "\t ");
    const char *address = number + strspn(number, "0123456789");
    const char *in = strstr(address, " in ");
    if (*line != '\t' || address == number || !g_str_has_prefix(address, "  0x") || in == NULL ||
        in[strlen(" in ")] == '\0')
        return NULL;
    return g_strdup(in + strlen(" in "));
}

/* "\t    at leakyard/timeout/variant.go:17": the file, or NULL. Free with g_free. */
static char *place_read(const char *line, guint *number)
{
    const char *at = line + strspn(line, "\t ");
    const char *colon = strrchr(line, ':');
    guint64 value;
    if (*line != '\t' || !g_str_has_prefix(at, "at ") || colon == NULL ||
        !g_ascii_string_to_unsigned(colon + 1, 10, 0, G_MAXINT32, &value, NULL))
        return NULL;
    at += strlen("at ");
    *number = (guint)value;
    return g_strndup(at, (gsize)(colon - at));
}

/* Between C and Go there is a frame that nothing is known of. */
static bool is_unknown(char **line)
{
    return g_str_has_suffix(line[0], " in ???") && line[1] && g_str_has_suffix(line[1], "at ?:-1");
}

static bool frame_read(char ***line, Yard__Finding *finding)
{
    guint number = 0;
    if (is_unknown(*line)) {
        finding_add_frame(finding, frame_new(NULL, NULL, 0, NULL));
        *line += 2;
        return true;
    }
    g_autofree char *function = call_read((*line)[0]);
    g_autofree char *file = function && (*line)[1] ? place_read((*line)[1], &number) : NULL;
    if (file == NULL)
        return false;
    bool in_c = g_str_has_prefix(function, IN_C);
    finding_add_frame(finding,
                      frame_new(in_c ? function + strlen(IN_C) : function, file, number, NULL));
    *line += 2;
    return true;
}

static bool is_whole(const Yard__Finding *finding)
{
    return finding->n_frame > 0 &&
           g_strcmp0(finding->frame[finding->n_frame - 1]->function, OUTERMOST) == 0;
}

static bool goroutine_read(char ***line, struct stacks *stacks)
{
    guint64 number = heading_read(**line);
    if (number == 0)
        return false;
    (*line)++;
    Yard__Finding *finding =
        finding_new(YARD__CLAIM__OUTSTANDING, YARD__RESOURCE__GOROUTINE, 1, -1);
    finding->has_since = finding->has_stack_complete = true;
    finding->since = YARD__SINCE__WARM_UP;
    while (**line != NULL && ***line == '\t' && frame_read(line, finding))
        continue;
    if (**line != NULL && strcmp(**line, "\t(truncated)") == 0)
        (*line)++;
    finding->stack_complete = is_whole(finding);
    if (number == MAIN)
        yard__finding__free_unpacked(finding, NULL);
    else
        stacks_count(stacks, finding);
    return true;
}

/* "[461 goroutines]" */
static bool is_end(const char *line, guint count)
{
    g_autofree char *end = g_strdup_printf("[%u goroutines]", count);
    return strcmp(line, end) == 0;
}

bool delve_stacks_parse(const char *text, gsize length, struct stacks *stacks, GError **error)
{
    if (!g_utf8_validate(text, (gssize)length, NULL))
        return fail(error, EXIT_INFRASTRUCTURE, "not text");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    char **line = lines;
    while (*line != NULL && heading_read(*line) == 0)
        line++;
    guint count = 0;
    while (*line != NULL && goroutine_read(&line, stacks))
        count++;
    if (count > 0 && *line != NULL && is_end(*line, count))
        return true;
    return fail(error, EXIT_INFRASTRUCTURE,
                "line %d is damaged, or no list of goroutines ends there: \"%s\"",
                (int)(line - lines) + 1, *line ? *line : "");
}
