#include "relay.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

struct envelope {
    char text[5801];
};

YARD_SITE struct envelope *envelope_new(const char *address)
{
    struct envelope *envelope = malloc(sizeof *envelope); /* ALLOC */
    if (envelope == NULL)
        abort();
    yard_born(1);
    memset(envelope->text, ' ', sizeof envelope->text);
    snprintf(envelope->text, sizeof envelope->text, "To: %s", address);
    return envelope;
}

long envelope_send(const struct envelope *envelope)
{
    return strchr(envelope->text, '@') == NULL ? 0 : (long)strlen(envelope->text);
}

void envelope_free(struct envelope *envelope)
{
    free(envelope);
    yard_died(1);
}

long yard_round(void)
{
    return relay("ada@example.org") + relay("nowhere") + relay("grace@example.net");
}

/* The service manager's way to end it; no handler is installed. */
void yard_stop(void)
{
    raise(SIGTERM);
}
