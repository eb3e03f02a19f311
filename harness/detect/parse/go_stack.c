#include "detect/parse/go_stack.h"

#include <string.h>

#include "schema/message.h"

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

static bool frame_read(char **line, Yard__Finding *finding, bool *created)
{
    guint number = 0;
    g_autofree char *function = function_read(line[0], created);
    g_autofree char *file = function && line[1] ? file_read(line[1], &number) : NULL;
    if (file == NULL)
        return false;
    finding_add_frame(finding, frame_new(function, file, number, NULL));
    return true;
}

/* "...additional frames elided..." or, since Go 1.21, "...23 frames elided..." */
static bool is_elision(const char *line)
{
    return g_str_has_prefix(line, "...") && g_str_has_suffix(line, " frames elided...");
}

struct go_stack go_stack_read(char ***line, Yard__Finding *finding)
{
    struct go_stack stack = {false, false};
    while (**line != NULL && !stack.created) {
        bool created = false;
        if (is_elision(**line)) {
            stack.elided = true;
            (*line)++;
        } else if (frame_read(*line, finding, &created)) {
            stack.created = created;
            *line += 2;
        } else {
            break;
        }
    }
    return stack;
}
