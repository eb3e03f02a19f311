#include "find.h"

#include <stdlib.h>

#include "yard.h"

YARD_SITE DIR *folder_open(const char *path)
{
    DIR *folder = opendir(path); /* ALLOC */
    if (folder == NULL)
        abort();
    yard_born(1);
    return folder;
}

void folder_close(DIR *folder)
{
    closedir(folder);
    yard_died(1);
}

long yard_round(void)
{
    return folder_has("/proc/self", "status") + folder_has("/proc/self", "no-such-thing");
}
