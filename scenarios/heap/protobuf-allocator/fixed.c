#include "contact.pb-c.h"
#include "peer.h"
#include "pool.h"
#include "yard.h"

YARD_SITE long contact_receive(const uint8_t *packed, size_t length)
{
    Contact *contact = contact__unpack(NULL, length, packed); /* ALLOC */
    if (contact == NULL)
        return 0;
    yard_born(1);
    long size = (long)contact->photo.len;
    contact__free_unpacked(contact, NULL); /* FIX: back to the allocator that made it */
    yard_died(1);
    return size;
}
