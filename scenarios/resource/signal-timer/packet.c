#include "packet.h"

#include <signal.h>
#include <stdlib.h>

#include "yard.h"

enum { PATIENCE = 3600 }; /* seconds */

static void send_again(int number)
{
    (void)number; /* the other side of this line is prompt */
}

void yard_start(void)
{
    struct sigaction action = {.sa_handler = send_again, .sa_flags = SA_RESTART};
    if (sigaction(SIGRTMIN, &action, NULL) != 0)
        abort();
}

YARD_SITE void packet_send(struct packet *packet, long number)
{
    struct sigevent signal = {.sigev_notify = SIGEV_SIGNAL,
                              .sigev_signo = SIGRTMIN,
                              .sigev_value = {.sival_ptr = packet}};
    struct itimerspec patience = {.it_value = {.tv_sec = PATIENCE}};
    packet->number = number;
    if (timer_create(CLOCK_MONOTONIC, &signal, &packet->again) != 0 || /* ALLOC */
        timer_settime(packet->again, 0, &patience, NULL) != 0)
        abort();
    yard_born(1);
}

long packet_waits(const struct packet *packet)
{
    struct itimerspec left;
    if (timer_gettime(packet->again, &left) != 0)
        abort();
    return left.it_value.tv_sec + (left.it_value.tv_nsec > 0);
}

/* A window of two packets, both acknowledged. */
long yard_round(void)
{
    static long next;
    struct packet window[2];
    long sum = 0;
    for (int i = 0; i < 2; i++)
        packet_send(&window[i], next++);
    for (int i = 0; i < 2; i++) {
        sum += packet_waits(&window[i]) > PATIENCE / 2 ? window[i].number : 0;
        packet_acknowledge(&window[i]);
    }
    return sum;
}
