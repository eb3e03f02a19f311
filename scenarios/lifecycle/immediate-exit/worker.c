#include "worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "yard.h"

enum { REPLY_SIZE = 6131 };

YARD_SITE char *reply_new(int question)
{
    char *reply = malloc(REPLY_SIZE); /* ALLOC */
    if (reply == NULL)
        abort();
    yard_born(1);
    memset(reply, '.', REPLY_SIZE);
    snprintf(reply, REPLY_SIZE, "200 the answer to %d is %d", question, 6 * question);
    return reply;
}

long reply_send(const char *reply)
{
    return (long)strlen(reply);
}

void reply_free(char *reply)
{
    free(reply);
    yard_died(1);
}

long yard_round(void)
{
    return answer(7) + answer(11) + answer(13);
}

/* As a forked worker should: the parent's exit handlers are not its own to run. */
void yard_stop(void)
{
    fflush(NULL);
    _exit(EXIT_SUCCESS);
}
