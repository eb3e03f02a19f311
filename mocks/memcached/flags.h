/* What can be said of a memcached on its command line, and what its plan must keep to. */
#pragma once

#include "loop/mock.h"
#include "plan.pb-c.h"

/* As struct mock has them. */
extern const struct argp_option memcached_flags[];
bool memcached_set(ProtobufCMessage *plan, int key, const char *argument, GError **error);
bool memcached_check(const ProtobufCMessage *plan, GError **error);
