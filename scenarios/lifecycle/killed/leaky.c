#include "relay.h"

#include "yard.h"

YARD_SITE long relay(const char *address)
{
    struct envelope *envelope = envelope_new(address);
    long sent = envelope_send(envelope);
    if (sent == 0) /* LEAK: only what could not be sent is thrown away */
        envelope_free(envelope);
    return sent;
}
