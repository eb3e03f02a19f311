/* Consistent hashing: which worker a key belongs to. */
#pragma once

void ring_make(unsigned workers);
unsigned ring_owner(unsigned long key);
