#include "bus.h"
#include "yard.h"

YARD_SITE void view_close(struct view *view)
{
    view->open = false;
    listener_remove(view->listener); /* FIX: what registers takes itself off */
}
