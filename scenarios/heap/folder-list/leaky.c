#include "folder.h"

#include <stdlib.h>

#include "yard.h"

YARD_SITE long folder_total(const char *path)
{
    struct dirent **names;
    int count = folder_scan(path, &names);
    long total = 0;
    for (int i = 0; i < count; i++) {
        total += folder_weight(names[i]);
    }
    free(names); /* LEAK: the list goes, and with it the way to each name */
    return total;
}
