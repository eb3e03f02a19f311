/* What a meter sends: "METER DAY READING READING ...", padded with blanks to the
 * length that all telegrams have. */
#pragma once

#include <stdlib.h>
#include <string.h>

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
