#include "wait.h"

#include <unistd.h>

#include "yard.h"

YARD_SITE long wait_readable(int source)
{
    int set = set_new(source);
    long ready = set_wait(set);
    return ready; /* LEAK: the set is made for one wait, and outlives it */
}
