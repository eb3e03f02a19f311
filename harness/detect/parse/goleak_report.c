#include "detect/parse/goleak_report.h"

#include <string.h>

#include "schema/message.h"
#include "support/failure.h"

#define BEGIN "found unexpected goroutines:\n["
#define END   "\n]\n"

/* A report that is being read, line by line. */
struct report {
    char **line;          /* the next one */
    GHashTable *stacks;   /* what tells a stack from others → its finding */
    GPtrArray *findings;  /* takes over one for each of them */
    Yard__Finding *stack; /* of the goroutine that is being read, or NULL */
    bool created;         /* its creator was read: it is whole */
};

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

/* "main.(*poller).loop(0xc00001c0e0)" or "created by main.startPoller in goroutine 1":
 * the function, or NULL. Free with g_free. */
static char *function_read(const char *line, bool *created)
{
    static const char by[] = "created by ";
    *created = g_str_has_prefix(line, by);
    const char *name = *created ? line + strlen(by) : line;
    const char *end = *created ? strstr(name, " in goroutine ") : strrchr(name, '(');
    if (*created && end == NULL)
        end = name + strlen(name);
    if (end == NULL || end == name || (!*created && !g_str_has_suffix(end, ")")))
        return NULL;
    return g_strndup(name, (gsize)(end - name));
}

/* "\tticker-loop/variant.go:19 +0x8c"; inlined calls have no offset. */
static char *file_read(const char *text, guint *line)
{
    g_autofree char *place = g_strdup(text);
    char *offset = g_strrstr(place, " +0x");
    if (offset != NULL)
        *offset = '\0';
    char *colon = strrchr(place, ':');
    guint64 number;
    if (*place != '\t' || colon == NULL || colon == place + 1 ||
        !g_ascii_string_to_unsigned(colon + 1, 10, 0, G_MAXINT32, &number, NULL))
        return NULL;
    *line = (guint)number;
    return g_strndup(place + 1, (gsize)(colon - place - 1));
}

static bool frame_read(struct report *report)
{
    guint line = 0;
    g_autofree char *function = function_read(report->line[0], &report->created);
    g_autofree char *file = function && report->line[1] ? file_read(report->line[1], &line) : NULL;
    if (file == NULL)
        return false;
    finding_add_frame(report->stack, frame_new(function, file, line, NULL));
    report->line += 2;
    return true;
}

/* Of a stack that no creator ends, an empty line may be the last. */
static bool stack_read(struct report *report)
{
    while (!report->created && **report->line != ' ' && **report->line != ']') {
        if (**report->line == '\0')
            report->line++;
        else if (!frame_read(report))
            return false;
    }
    return report->stack->n_frame > 0;
}

/* What tells it from others: function, file and line of all frames. Free with g_free. */
static char *stack_key(const Yard__Finding *stack)
{
    GString *key = g_string_new(NULL);
    for (size_t i = 0; i < stack->n_frame; i++)
        g_string_append_printf(key, "%s\t%s\t%u\n", stack->frame[i]->function,
                               stack->frame[i]->file, stack->frame[i]->line);
    return g_string_free(key, false);
}

/* Counts the goroutine just read, with others of the same stack if there are any. */
static void stack_count(struct report *report)
{
    char *key = stack_key(report->stack);
    Yard__Finding *known = g_hash_table_lookup(report->stacks, key);
    if (known != NULL) {
        known->units++;
        g_free(key);
        return;
    }
    g_hash_table_insert(report->stacks, key, report->stack);
    g_ptr_array_add(report->findings, g_steal_pointer(&report->stack));
}

static bool is_on_top(const struct report *report, const char *top)
{
    const Yard__Finding *stack = report->stack;
    bool only_creator = report->created && stack->n_frame == 1;
    return strcmp(only_creator ? "" : stack->frame[0]->function, top) == 0;
}

static bool goroutine_read(struct report *report, char mark)
{
    const char *header = *report->line;
    g_autofree char *top = header_read(header, mark);
    if (top == NULL)
        return false;
    report->line++;
    report->created = false;
    report->stack = finding_new(YARD__CLAIM__LEAKED, YARD__RESOURCE__GOROUTINE, 1, -1);
    report->stack->has_since = report->stack->has_stack_complete = true;
    report->stack->since = YARD__SINCE__WARM_UP;
    report->stack->stack_complete = true; /* goleak panics where the runtime elides frames */
    report->stack->text = g_strdup(header + 1);
    bool read = stack_read(report) && is_on_top(report, top);
    if (read)
        stack_count(report);
    if (report->stack != NULL)
        yard__finding__free_unpacked(report->stack, NULL);
    report->stack = NULL;
    return read;
}

/* The list that TEXT ends with; it begins in the second line. */
static bool list_read(const char *text, GPtrArray *findings, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GHashTable) stacks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct report report = {.line = lines + 1, .stacks = stacks, .findings = findings};
    char mark = '[';
    do {
        if (!goroutine_read(&report, mark))
            return fail(error, EXIT_INFRASTRUCTURE, "line %d is damaged: \"%s\"",
                        (int)(report.line - lines) + 1, *report.line ? *report.line : "");
        mark = ' ';
    } while (strcmp(*report.line, "]") != 0);
    if (strcmp(report.line[1], "") != 0 || report.line[2] != NULL)
        return fail(error, EXIT_INFRASTRUCTURE, "its list ends before line %d, and goes on",
                    (int)(report.line - lines) + 2);
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
