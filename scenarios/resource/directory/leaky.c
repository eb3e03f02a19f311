#include "find.h"

#include <dirent.h>
#include <string.h>

#include "yard.h"

YARD_SITE long folder_has(const char *path, const char *name)
{
    DIR *folder = folder_open(path);
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, name) == 0) {
            return 1; /* LEAK: found, and the folder stays open */
        }
    }
    folder_close(folder);
    return 0;
}
