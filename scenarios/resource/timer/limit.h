/* Time limits for requests. */
#pragma once

int limit_begin(long seconds);
void limit_disarm(int limit);
/* Seconds left, rounded up. */
long limit_left(int limit);
void limit_end(int limit);
