#include "settings.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "yard.h"

YARD_SITE long settings_load(const char *path)
{
    char text[256];
    int file = open(path, O_RDONLY | O_CLOEXEC); /* ALLOC */
    if (file < 0)
        return -1;
    yard_born(1);
    ssize_t length = read(file, text, sizeof text);
    if (length <= 0 || memchr(text, '=', (size_t)length) == NULL) {
        close(file); /* FIX: every way out closes the file */
        yard_died(1);
        return -2;
    }
    close(file);
    yard_died(1);
    return length > 0;
}
