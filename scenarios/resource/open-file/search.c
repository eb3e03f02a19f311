#include "settings.h"
#include "yard.h"

/* Where settings are looked for; the last has lines such as MemTotal, and no "=". */
long yard_round(void)
{
    static const char *const places[] = {"/nonexistent/settings", "/proc/cmdline-of-nobody",
                                         "/proc/meminfo"};
    long sum = 0;
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++)
        sum += settings_load(places[i]);
    return sum;
}
