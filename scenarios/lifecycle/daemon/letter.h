/* Letters, and the envelopes that they came in. */
#pragma once

struct envelope {
    char sender[64], recipient[64];
    char route[3413]; /* a line for each station */
};

/* Fills in where a letter comes from and goes to. */
struct envelope *envelope_read(const char *sender, const char *recipient);
void envelope_free(struct envelope *envelope);

/* Takes a letter in; returns the number of the box that it goes to. */
long deliver(const char *sender, const char *recipient);
