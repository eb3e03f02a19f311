#include "quiet.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "yard.h"

YARD_SITE int quiet_begin(void)
{
    int saved = dup(STDERR_FILENO); /* ALLOC */
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (saved < 0 || nowhere < 0 || dup2(nowhere, STDERR_FILENO) < 0)
        abort();
    yard_born(1);
    close(nowhere);
    return saved;
}

static long chatty(void)
{
    static const char warning[] = "warning: no warranty\n";
    return write(STDERR_FILENO, warning, sizeof warning - 1);
}

long yard_round(void)
{
    int saved = quiet_begin();
    long said = chatty();
    quiet_end(saved);
    return said;
}
