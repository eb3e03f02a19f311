#include "collector.h"

#include <stdlib.h>
#include <string.h>

#include "inbox.h"
#include "telegram.h"
#include "yard.h"

YARD_SITE long telegram_total(const char *text)
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
