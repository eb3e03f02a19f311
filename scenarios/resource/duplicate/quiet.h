/* Silences standard error while a chatty library works. */
#pragma once

/* Returns what quiet_end takes. */
int quiet_begin(void);
void quiet_end(int saved);
