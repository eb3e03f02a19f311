/* A mail server that takes in all that waited for it, and then what comes. */
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { WAITED = 4000, MAIL_SIZE = 1009, KEPT = 8 };

static char *kept[KEPT];

YARD_SITE static char *mail_new(int letter)
{
    char *mail = malloc(MAIL_SIZE); /* ALLOC */
    if (mail == NULL)
        abort();
    yard_born(1);
    return memset(mail, letter, MAIL_SIZE);
}

static void mail_free(char *mail)
{
    if (mail == NULL)
        return;
    free(mail);
    yard_died(1);
}

/* What waited is read at once; it goes in the order in which it came. */
void yard_start(void)
{
    static char *waited[WAITED];
    for (int i = 0; i < WAITED; i++)
        waited[i] = mail_new('w');
    for (int i = 0; i < WAITED; i++)
        mail_free(waited[i]);
}

/* Two mails come, and the last few are kept. */
long yard_round(void)
{
    static long number;
    long sum = 0;
    for (int i = 0; i < 2; i++, number++) {
        char **slot = &kept[number % KEPT];
        mail_free(*slot);
        *slot = mail_new('a' + (int)(number % KEPT));
        sum += (*slot)[17];
    }
    return sum;
}
