#include "session.h"

#include "yard.h"

YARD_SITE long session(int user)
{
    struct heartbeat *heartbeat = heartbeat_start(user);
    long answered = session_work(user);
    if (answered < 0) /* LEAK: only a failed session stops its heartbeat */
        heartbeat_stop(heartbeat);
    return answered;
}
