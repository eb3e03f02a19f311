/* Contacts, as they come over the wire. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Packs a contact into ROOM; returns its length. */
size_t peer_send(uint8_t *room, size_t size);

/* How much there is in a packed contact; 0 if it is none. */
long contact_receive(const uint8_t *packed, size_t length);
