/* Asks whether something is alive, by a datagram to itself on loopback. */
#pragma once

/* A new socket with an address of its own, connected to itself. */
int probe_socket(void);
int probe_send(int client, int number);
long probe_answer(int client);

/* What NUMBER came back as, or -1. */
long probe(int number);
