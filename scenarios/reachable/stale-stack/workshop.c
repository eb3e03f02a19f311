/* A workshop that builds bicycles to order. Each customer has a session: a thread that
 * waits for the next order and answers with a price. */
#include <ctype.h>
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "parts.h"
#include "yard.h"

enum { SESSIONS = 16, STACK_SIZE = 64 * 1024 };

/* The ends of a session's line. */
struct session {
    int customer, workshop;
};

static struct session sessions[SESSIONS];

/* Returns 0 at the end of the line. */
static int order_read(int line, char *order)
{
    char text[4096];
    ssize_t length = read(line, text, sizeof text - 1);
    if (length <= 0)
        return 0;
    text[length] = '\0';
    return sscanf(text, "order %15[A-Za-z-]", order);
}

/* With tax. */
static long order_quote(const char *order)
{
    char letters[ORDER_MAX + 1];
    int count = 0;
    for (; *order != '\0'; order++)
        if (isalpha((unsigned char)*order))
            letters[count++] = (char)tolower((unsigned char)*order);
    letters[count] = '\0';
    return order_price(letters) * 6 / 5;
}

static void *session_serve(void *data)
{
    const struct session *session = data;
    char order[ORDER_MAX + 1];
    while (order_read(session->workshop, order) == 1) {
        long price = order_quote(order);
        if (send(session->workshop, &price, sizeof price, 0) != sizeof price)
            abort();
    }
    return NULL;
}

/* Sends ORDER, and waits for the answer. */
static long order_send(const struct session *session, const char *order)
{
    char text[64];
    long price;
    int length = snprintf(text, sizeof text, "order %s\n", order);
    if (send(session->customer, text, (size_t)length, 0) != length ||
        recv(session->customer, &price, sizeof price, 0) != sizeof price)
        abort();
    return price;
}

static void line_open(struct session *session)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        abort();
    *session = (struct session){.customer = ends[0], .workshop = ends[1]};
}

void yard_start(void)
{
    mallopt(M_ARENA_MAX, 1); /* most sessions wait most of the time */
    for (int i = 0; i < SESSIONS; i++)
        line_open(&sessions[i]);
}

/* The customers order in turn. Their sessions live as long as the workshop does. */
long yard_round(void)
{
    static const char *const orders[] = {"Frwl-SK", "grw-HsK", "FrvlsB-"};
    static unsigned open, turn;
    for (; open < SESSIONS; open++) {
        pthread_t thread;
        pthread_attr_t modest;
        if (pthread_attr_init(&modest) != 0)
            abort();
        pthread_attr_setstacksize(&modest, STACK_SIZE);
        pthread_attr_setdetachstate(&modest, PTHREAD_CREATE_DETACHED);
        if (pthread_create(&thread, &modest, session_serve, &sessions[open]) != 0 ||
            order_send(&sessions[open], "-") != 0)
            abort();
        pthread_attr_destroy(&modest);
    }
    unsigned number = turn++;
    return order_send(&sessions[number % SESSIONS], orders[number % 3]);
}
