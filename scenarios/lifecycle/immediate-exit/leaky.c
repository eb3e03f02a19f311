#include "worker.h"

#include "yard.h"

YARD_SITE long answer(int question)
{
    char *reply = reply_new(question);
    long sent = reply_send(reply);
    return sent; /* LEAK: sent is not freed */
}
