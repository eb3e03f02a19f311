#include "bus.h"
#include "yard.h"

YARD_SITE void view_close(struct view *view)
{
    view->open = false;
    /* LEAK: closed, and the bus still knows its listener */
}
