#include "collector.h"

#include "inbox.h"
#include "yard.h"

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
