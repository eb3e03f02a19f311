/* What can be said of a broker on its command line, and what its plan must keep to. */
#pragma once

#include "loop/mock.h"
#include "plan.pb-c.h"

/* As struct mock has them. */
extern const struct argp_option rocketmq_flags[];
bool rocketmq_set(ProtobufCMessage *plan, int key, const char *argument, GError **error);
bool rocketmq_check(const ProtobufCMessage *plan, GError **error);
