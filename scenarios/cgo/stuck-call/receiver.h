/* Receivers of a walkie-talkie, one for each frequency. Who gets one from
 * receiver_open gives it back to receiver_close. */
#pragma once

struct receiver;

/* NULL if memory is short. */
struct receiver *receiver_open(void);

/* Waits until something is said. Returns it, or -1 if the receiver is switched off. */
long receiver_listen(struct receiver *receiver);

/* Lets the receiver hear MESSAGE, which is 0 or more. */
void receiver_hear(struct receiver *receiver, long message);

/* Who listens gives up, now or when it begins to. */
void receiver_switch_off(struct receiver *receiver);

/* Nobody may be listening. */
void receiver_close(struct receiver *receiver);
