#include "watch.h"

#include <sys/socket.h>

#include "yard.h"

YARD_SITE void watch_end(struct watch *watch)
{
    watch->wanted = false; /* LEAK: it waits in read, and will never look at this */
}
