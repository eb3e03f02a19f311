/* Adds up what electricity meters report: "METER DAY READING READING ...", in
 * fixed-size telegrams padded with blanks. */
#include <stdlib.h>
#include <string.h>

#include "inbox.h"
#include "yard.h"

enum { TELEGRAM_SIZE = 9241 };

/* Fetches the next telegram; the caller gives it back. */
YARD_SITE static char *telegram_receive(const char *text)
{
    char *telegram = malloc(TELEGRAM_SIZE); /* ALLOC */
    if (telegram == NULL)
        abort();
    memset(telegram, ' ', TELEGRAM_SIZE - 1);
    memcpy(telegram, text, strlen(text));
    telegram[TELEGRAM_SIZE - 1] = '\0';
    yard_born(1);
    return telegram;
}

static void telegram_free(char *telegram)
{
    free(telegram);
    yard_died(1);
}

/* Returns the sum of all readings in watt hours, or -1 if the telegram is refused. */
YARD_SITE static long telegram_total(const char *text)
{
    char *telegram = telegram_receive(text), *rest = telegram;
    const char *meter = strsep(&rest, " "), *day = strsep(&rest, " ");
    long total = 0;
    if (!inbox_knows_meter(meter) || strlen(day) != strlen("2024-02-29")) {
        telegram_free(telegram);
        return -1;
    }
    for (const char *word; (word = strsep(&rest, " ")) != NULL && *word != '\0';) {
        char *end;
        long reading = strtol(word, &end, 10);
        if (*end != '\0') {
            telegram_free(telegram); /* FIX: every way out gives the telegram back */
            return -1;
        }
        total += reading;
    }
    telegram_free(telegram);
    return total;
}

long yard_round(void)
{
    long accepted = 0, refused = 0;
    for (size_t i = 0; i < inbox_length; i++) {
        long total = telegram_total(inbox[i]);
        if (total < 0)
            refused++;
        else
            accepted += total;
    }
    return accepted + refused;
}
