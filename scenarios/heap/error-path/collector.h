/* Adds up what electricity meters report. */
#pragma once

/* Returns the sum of all readings in watt hours, or -1 if the telegram is refused. */
long telegram_total(const char *text);
