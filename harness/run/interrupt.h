/*
 * SIGINT, SIGTERM and SIGHUP as something to poll. Between open and close they
 * are blocked; one that came and was not taken is delivered when the last is closed.
 */
#pragma once

#include <glib.h>
#include <signal.h>
#include <stdbool.h>

struct interrupt {
    int descriptor; /* readable once one came */
    sigset_t before;
};

bool interrupt_open(struct interrupt *interrupt, GError **error);
void interrupt_close(struct interrupt *interrupt);

/* Takes one that came: its number, or 0. */
int interrupt_take(const struct interrupt *interrupt);

/* Has one come that nobody took yet? What failed meanwhile may have failed for that. */
bool interrupt_is_pending(void);
