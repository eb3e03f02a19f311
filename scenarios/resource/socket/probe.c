#include "probe.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "yard.h"

YARD_SITE int probe_socket(void)
{
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof own;
    int client = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0); /* ALLOC */
    if (client < 0 || bind(client, (struct sockaddr *)&own, length) < 0 ||
        getsockname(client, (struct sockaddr *)&own, &length) < 0 ||
        connect(client, (struct sockaddr *)&own, length) < 0)
        abort();
    yard_born(1);
    return client;
}

int probe_send(int client, int number)
{
    if (number < 0)
        return -1;
    return send(client, &number, sizeof number, 0) == sizeof number ? 0 : -1;
}

long probe_answer(int client)
{
    int number;
    return recv(client, &number, sizeof number, 0) == sizeof number ? number : -1;
}

long yard_round(void)
{
    return probe(17) + probe(-5);
}
