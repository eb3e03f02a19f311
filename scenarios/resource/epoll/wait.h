/* Waits for input. */
#pragma once

/* An epoll set that watches SOURCE. */
int set_new(int source);
/* How many are ready. */
long set_wait(int set);
long wait_readable(int source);
