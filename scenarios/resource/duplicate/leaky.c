#include "quiet.h"

#include <unistd.h>

#include "yard.h"

YARD_SITE void quiet_end(int saved)
{
    dup2(saved, STDERR_FILENO);
    /* LEAK: standard error is itself again; the copy that saved it is one more */
}
