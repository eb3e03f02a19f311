#include "session.h"

#include "yard.h"

YARD_SITE long session(int user)
{
    struct heartbeat *heartbeat = heartbeat_start(user);
    long answered = session_work(user);
    heartbeat_stop(heartbeat); /* FIX: failed or not, its heartbeat stops with the session */
    return answered;
}
