/* An audit trail: a thread writes entries to an unbuffered channel. */
#pragma once

struct audit;

/* Starts the writer of one session; returns when it has an entry to offer. */
struct audit *audit_open(int user);

/* Reads what the writer has to say, and ends it. */
void audit_close(struct audit *audit);

/* The session of USER. */
long login(int user);
