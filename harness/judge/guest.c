#include "judge/guest.h"

#include <string.h>

/* What the linker of Go puts into every program for `go version`; debug/buildinfo. */
static const char build_info[] = "\xff Go buildinf:";

unsigned guest_language(const char *path)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
    bool go =
        file != NULL && memmem(g_mapped_file_get_contents(file), g_mapped_file_get_length(file),
                               build_info, strlen(build_info)) != NULL;
    return BIT(go ? YARD__LANGUAGE__GO : YARD__LANGUAGE__C);
}

bool guest_suits(const struct detector *detector, bool led)
{
    return led ? !looks_at_source(detector) : detector->looks == LOOKS_AT_EXIT;
}

bool guest_finding_leaks(const Yard__Finding *finding, guint rounds)
{
    if (finding->claim != YARD__CLAIM__OUTSTANDING)
        return true;
    return rounds > 0 && (!finding->has_units || finding->units * 2 >= rounds);
}
