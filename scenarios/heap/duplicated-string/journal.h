/* A journal that writes who did something in capitals. */
#pragma once

/* How many capitals the entry has. */
long entry_write(const char *text);
long journal_write(const char *subject);
