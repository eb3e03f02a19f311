#include "worker.h"

#include "yard.h"

YARD_SITE long answer(int question)
{
    char *reply = reply_new(question);
    long sent = reply_send(reply);
    reply_free(reply); /* FIX: what was sent is not needed any more */
    return sent;
}
