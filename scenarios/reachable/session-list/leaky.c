#include "sessions.h"
#include "yard.h"

YARD_SITE void session_end(struct session *session)
{
    session->active = false; /* LEAK: ended, and in the list for ever */
}
