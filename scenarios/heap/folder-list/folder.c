#include "folder.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

static int is_wanted(const struct dirent *name)
{
    return strncmp(name->d_name, "stat", strlen("stat")) == 0;
}

YARD_SITE int folder_scan(const char *path, struct dirent ***names)
{
    int count = scandir(path, names, is_wanted, alphasort); /* ALLOC */
    if (count < 0)
        abort();
    yard_born(count);
    return count;
}

long folder_weight(const struct dirent *name)
{
    return (long)strlen(name->d_name);
}

/* stat, statm and status. */
long yard_round(void)
{
    return folder_total("/proc/self");
}
