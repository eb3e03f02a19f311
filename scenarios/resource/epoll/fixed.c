#include "wait.h"

#include <unistd.h>

#include "yard.h"

YARD_SITE long wait_readable(int source)
{
    int set = set_new(source);
    long ready = set_wait(set);
    close(set); /* FIX: the set goes with the wait */
    yard_died(1);
    return ready;
}
