#include "judge/guest.h"

#include <elf.h>
#include <string.h>

/* What the linker of Go puts into every program for `go version`; debug/buildinfo. */
static const char build_info[] = "\xff Go buildinf:";

/* Does the program that is the LENGTH bytes at IMAGE load libraries? elf(5). */
static bool loads_libraries(const char *image, gsize length)
{
    Elf64_Ehdr header;
    if (length < sizeof header)
        return false;
    memcpy(&header, image, sizeof header);
    for (guint i = 0; i < header.e_phnum; i++) {
        Elf64_Phdr segment;
        guint64 place = header.e_phoff + i * sizeof segment;
        if (place > length - sizeof segment)
            return false;
        memcpy(&segment, image + place, sizeof segment);
        if (segment.p_type == PT_INTERP)
            return true;
    }
    return false;
}

unsigned guest_language(const char *path)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
    if (file == NULL)
        return BIT(YARD__LANGUAGE__C);
    const char *image = g_mapped_file_get_contents(file);
    gsize length = g_mapped_file_get_length(file);
    if (length == 0 || memmem(image, length, build_info, strlen(build_info)) == NULL)
        return BIT(YARD__LANGUAGE__C);
    return BIT(loads_libraries(image, length) ? YARD__LANGUAGE__CGO : YARD__LANGUAGE__GO);
}

bool guest_suits(const struct detector *detector, bool led)
{
    return led ? !looks_at_source(detector) : detector->looks == LOOKS_AT_EXIT;
}

bool guest_finding_leaks(const Yard__Finding *finding, guint rounds)
{
    if (finding->claim != YARD__CLAIM__OUTSTANDING)
        return true;
    return rounds > 0 && (!finding->has_units || finding->units >= ((gint64)rounds + 1) / 2);
}
