/* A session, kept alive by a thread that pings the peer every hour. */
#pragma once

struct heartbeat;

struct heartbeat *heartbeat_start(int user);
/* Waits for the thread. */
void heartbeat_stop(struct heartbeat *heartbeat);

/* How many questions of USER were answered, or -1. */
long session_work(int user);
long session(int user);
