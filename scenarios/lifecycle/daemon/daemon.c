/* A mail daemon: once it is up it leaves its terminal, its session and its parent. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "letter.h"
#include "yard.h"

void yard_start(void)
{
    if (daemon(1, 0) != 0)
        abort();
}

YARD_SITE struct envelope *envelope_read(const char *sender, const char *recipient)
{
    struct envelope *envelope = calloc(1, sizeof *envelope); /* ALLOC */
    if (envelope == NULL)
        abort();
    yard_born(1);
    snprintf(envelope->sender, sizeof envelope->sender, "%s", sender);
    snprintf(envelope->recipient, sizeof envelope->recipient, "%s", recipient);
    snprintf(envelope->route, sizeof envelope->route, "from %s by way of here\n", sender);
    return envelope;
}

void envelope_free(struct envelope *envelope)
{
    free(envelope);
    yard_died(1);
}

long yard_round(void)
{
    return deliver("ann@home.example", "bob@work.example") +
           deliver("bob@work.example", "ann@home.example");
}
