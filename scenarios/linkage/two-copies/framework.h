/* The framework: works tickets off. */
#pragma once

#include "ticket.h"

/* Takes TICKET over. */
long framework_finish(struct ticket *ticket);
