#include "sessions.h"
#include "yard.h"

YARD_SITE void session_end(struct session *session)
{
    session->active = false;
    session_remove(session); /* FIX: what has ended leaves the list, and is freed */
}
