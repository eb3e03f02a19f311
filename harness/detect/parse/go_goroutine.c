#include "detect/parse/go_goroutine.h"

#include <string.h>

#include "detect/parse/go_stack.h"
#include "schema/message.h"

#define HEADING GO_GOROUTINE_HEADING

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

bool go_goroutine_read(char ***line, Yard__Claim claim, struct go_goroutine *goroutine)
{
    g_autofree char *state = heading_read(**line, &goroutine->number);
    if (state == NULL)
        return false;
    Yard__Finding *finding = finding_new(claim, YARD__RESOURCE__GOROUTINE, 1, -1);
    finding->text = g_strdup_printf("goroutine %s", state);
    (*line)++;
    struct go_stack stack = go_stack_read(line, finding);
    finding->has_since = finding->has_stack_complete = true;
    finding->since = YARD__SINCE__START;
    finding->stack_complete = stack.created && !stack.elided;
    if (finding->n_frame == 0 || **line == NULL || ***line != '\0') {
        yard__finding__free_unpacked(finding, NULL);
        return false;
    }
    goroutine->created = stack.created;
    goroutine->finding = finding;
    return true;
}
