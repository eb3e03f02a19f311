#include "resolve.h"

#include "yard.h"

/* The relays of a mail server, as its configuration names them. */
long yard_round(void)
{
    static const char *const relays[] = {"127.0.0.1", "not-an-address", "127.0.0.2"};
    long sum = 0;
    for (unsigned i = 0; i < sizeof relays / sizeof *relays; i++)
        sum += resolve(relays[i]);
    return sum;
}
