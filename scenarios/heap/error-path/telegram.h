/* What a meter sends: "METER DAY READING READING ...", padded with blanks to the
 * length that all telegrams have. */
#pragma once

/* Fetches the next telegram; the caller gives it back. */
char *telegram_receive(const char *text);
void telegram_free(char *telegram);

/* Returns the sum of all readings in watt hours, or -1 if the telegram is refused. */
long telegram_total(const char *text);
