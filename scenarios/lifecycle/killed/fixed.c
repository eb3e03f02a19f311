#include "relay.h"

#include "yard.h"

YARD_SITE long relay(const char *address)
{
    struct envelope *envelope = envelope_new(address);
    long sent = envelope_send(envelope);
    envelope_free(envelope); /* FIX: sent or not, it is done with */
    return sent;
}
