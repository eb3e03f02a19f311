/* Forwards mail to where it belongs. */
#pragma once

struct envelope;

struct envelope *envelope_new(const char *address);
/* Bytes sent; 0 if the address is no good. */
long envelope_send(const struct envelope *envelope);
void envelope_free(struct envelope *envelope);

/* Bytes sent to ADDRESS. */
long relay(const char *address);
