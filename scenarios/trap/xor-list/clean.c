/* The last nine readings, in a list that goes both ways for one word a node. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { MOST = 9 };

struct node {
    uintptr_t link; /* the one before XOR the one after */
    long reading;
    char comment[2888];
};

static struct node *first, *last;
static int length;

YARD_SITE static struct node *node_new(long reading)
{
    struct node *node = malloc(sizeof *node); /* ALLOC */
    if (node == NULL)
        abort();
    yard_born(1);
    memset(node, 'c', sizeof *node);
    node->reading = reading;
    return node;
}

static void append(long reading)
{
    struct node *node = node_new(reading);
    node->link = (uintptr_t)last;
    if (last != NULL)
        last->link ^= (uintptr_t)node;
    else
        first = node;
    last = node;
    length++;
}

static void drop_first(void)
{
    struct node *gone = first;
    first = (struct node *)gone->link;
    if (first != NULL)
        first->link ^= (uintptr_t)gone;
    else
        last = NULL;
    length--;
    free(gone);
    yard_died(1);
}

/* Three readings come; what is too old goes first. */
long yard_round(void)
{
    static long reading;
    for (int i = 0; i < 3; i++) {
        if (length == MOST)
            drop_first();
        append(reading++ % 50);
    }
    long sum = 0;
    uintptr_t before = 0;
    for (struct node *at = first; at != NULL;) {
        sum += at->reading;
        struct node *next = (struct node *)(at->link ^ before);
        before = (uintptr_t)at;
        at = next;
    }
    return sum;
}
