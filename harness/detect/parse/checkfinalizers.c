#include "detect/parse/checkfinalizers.h"

#include <string.h>

#include "detect/parse/go_stack.h"
#include "schema/message.h"
#include "support/failure.h"

#define BEGIN "WARNING: LIKELY CLEANUP/FINALIZER ISSUES\n\n"
#define MORE  "... too many potential issues ..."
#define END   "fatal error: detected possible issues with cleanups and/or finalizers"

/* "Value of type main.canvas at 0x2d5316ea8040", "  is reachable from finalizer" and
 * what else there is to say, up to an empty line. */
static Yard__Finding *value_read(char ***line)
{
    static const char start[] = "Value of type ";
    if (**line == NULL || !g_str_has_prefix(**line, start))
        return NULL;
    Yard__Finding *finding = finding_new(YARD__CLAIM__SUSPECTED, YARD__RESOURCE__GO_OBJECT, 1, -1);
    g_autoptr(GString) text = g_string_new(**line);
    for ((*line)++; **line != NULL && ***line != '\0'; (*line)++) {
        if (g_str_has_prefix(**line, "  is reachable from "))
            finding->claim = YARD__CLAIM__LEAKED;
        g_string_append(text, **line + 1);
    }
    finding->text = g_strdup(text->str);
    finding->has_since = finding->has_stack_complete = true;
    finding->since = YARD__SINCE__START;
    finding->stack_complete = false;
    return finding;
}

/* The two lines of a place: "  main.newCanvas()", "      variant.go:21 +0xee". One
 * without a name is a single line, "  <bad pc 0x2a>". Adds the frame to FINDING. */
static bool place_read(char ***line, Yard__Finding *finding)
{
    if (**line == NULL || !g_str_has_prefix(**line, "  "))
        return false;
    if (g_str_has_prefix(**line, "  <bad pc ")) {
        (*line)++;
        return true;
    }
    if ((*line)[1] == NULL || !g_str_has_prefix((*line)[1], "      "))
        return false;
    g_autofree char *file = g_strconcat("\t", (*line)[1] + strlen("      "), NULL);
    char *frame[] = {**line + strlen("  "), file, NULL};
    char **rest = frame;
    go_stack_read(&rest, finding);
    *line += 2;
    return *rest == NULL;
}

/* "", "Has finalizer at 0x7f2d3f659148", its place, "created at: ", the place where it
 * was set. The second one is what is to be mended. */
static bool special_read(char ***line, Yard__Finding *finding)
{
    *line += 2;
    if (!place_read(line, finding) || **line == NULL || strcmp(**line, "created at: ") != 0)
        return false;
    finding_cut_frames(finding, 0);
    (*line)++;
    return place_read(line, finding);
}

/* *LINE is empty: do further words on the same object follow? */
static bool has_special(char **line)
{
    return line[0] != NULL && *line[0] == '\0' && line[1] != NULL &&
           g_str_has_prefix(line[1], "Has ");
}

static bool object_read(char ***line, GPtrArray *findings)
{
    Yard__Finding *finding = value_read(line);
    if (finding == NULL)
        return false;
    g_ptr_array_add(findings, finding);
    if (!has_special(*line))
        return false;
    while (has_special(*line))
        if (!special_read(line, finding))
            return false;
    return **line != NULL && ***line == '\0';
}

bool checkfinalizers_parse(const char *text, gsize length, GPtrArray *findings, GError **error)
{
    if (!g_utf8_validate(text, (gssize)length, NULL))
        return fail(error, EXIT_INFRASTRUCTURE, "not text");
    const char *begin = strstr(text, BEGIN);
    if (begin == NULL)
        return fail(error, EXIT_INFRASTRUCTURE, "no report of checkfinalizers");
    g_auto(GStrv) lines = g_strsplit(begin + strlen(BEGIN), "\n", -1);
    char **line = lines;
    bool read;
    do {
        read = object_read(&line, findings);
        if (read)
            line++;
    } while (read && *line != NULL && g_str_has_prefix(*line, "Value "));
    if (read && *line != NULL && strcmp(*line, MORE) == 0)
        line++;
    if (read && *line != NULL && strcmp(*line, END) == 0)
        return true;
    return fail(error, EXIT_INFRASTRUCTURE, "cut short or damaged in line %d of the report: \"%s\"",
                (int)(line - lines) + 1, *line ? *line : "");
}
