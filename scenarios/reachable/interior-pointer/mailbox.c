#include "mailbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

static struct body *bodies;

YARD_SITE struct message *message_receive(long number)
{
    struct message *message = malloc(sizeof *message); /* ALLOC */
    if (message == NULL)
        abort();
    yard_born(1);
    memset(message, 'm', sizeof *message);
    snprintf(message->subject, sizeof message->subject, "message %ld", number);
    message->body.previous = NULL;
    return message;
}

void message_free(struct message *message)
{
    free(message);
    yard_died(1);
}

void bodies_keep(struct body *body)
{
    body->previous = bodies;
    bodies = body;
}

long yard_round(void)
{
    static long number;
    long read = 0;
    for (int i = 0; i < 2; i++) {
        struct message *message = message_receive(number++);
        read += (long)strlen("message") == (long)strcspn(message->subject, " ");
        mailbox_archive(message);
    }
    return read;
}
