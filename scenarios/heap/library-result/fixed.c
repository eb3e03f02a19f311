#include "resolve.h"

#include <netdb.h>
#include <stdlib.h>

#include "yard.h"

YARD_SITE long resolve(const char *address)
{
    static const struct addrinfo wanted = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
                                           .ai_socktype = SOCK_STREAM};
    struct addrinfo *list;
    if (getaddrinfo(address, "25", &wanted, &list) != 0) /* ALLOC */
        return -1;
    yard_born(1);
    long family = list->ai_family;
    freeaddrinfo(list); /* FIX: by the library's own function */
    yard_died(1);
    return family;
}
