#include "watch.h"

#include <sys/socket.h>

#include "yard.h"

YARD_SITE void watch_end(struct watch *watch)
{
    watch->wanted = false;
    shutdown(watch->ends[0], SHUT_RDWR); /* FIX: wakes it up: an end of file */
    watch_await(watch);
}
