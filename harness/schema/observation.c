#include "schema/observation.h"

#include <string.h>

void observation_clear(struct observation *observation)
{
    g_free(observation->agent);
    g_free(observation->path);
    g_strfreev(observation->argv);
    g_free(observation->input);
    *observation = (struct observation){0};
}

char *ending_text(const struct ending *ending)
{
    if (ending->signalled)
        return g_strdup_printf("signal %d (%s)", ending->code, strsignal(ending->code));
    return g_strdup_printf("exit %d", ending->code);
}
