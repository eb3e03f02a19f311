#include "probe.h"

#include <unistd.h>

#include "yard.h"

YARD_SITE long probe(int number)
{
    int client = probe_socket();
    if (probe_send(client, number) < 0) {
        close(client);
        yard_died(1);
        return -1;
    }
    long answer = probe_answer(client);
    close(client); /* FIX: a probe is over when its answer is there */
    yard_died(1);
    return answer;
}
