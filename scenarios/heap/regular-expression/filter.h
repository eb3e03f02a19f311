/* Finds orders in messages. */
#pragma once

/* 1 if MESSAGE has an order in it, else 0. */
long filter_hits(const char *message);
