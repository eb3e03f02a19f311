/* The framework: hands packets round. */
#pragma once

#include "packet.h"

/* Sums the numbers of COUNT packets and gives them up. */
long framework_drain(struct packet **packets, int count);
