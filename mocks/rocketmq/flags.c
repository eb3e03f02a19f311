#include "rocketmq/flags.h"

#include "support/failure.h"

enum {
    KEY_HALF_MESSAGES = MOCK_KEY,
    KEY_CHECKS,
    KEY_ASK_AGAIN,
    KEY_ROUNDS,
    KEY_STRICT,
};

const struct argp_option rocketmq_flags[] = {
    {"half-messages", KEY_HALF_MESSAGES, "N", 0,
     "each producer group left so many unsettled half messages before it came", 2},
    {"checks-per-send", KEY_CHECKS, "N", 0,
     "before a send is answered, ask about the group's half messages so many times", 2},
    {"ask-again", KEY_ASK_AGAIN, NULL, 0, "repeat a check whose answer settles nothing", 2},
    {"rounds", KEY_ROUNDS, "N", 0, "with --ask-again: no more than N checks in a row", 2},
    {"strict", KEY_STRICT, NULL, 0, "settle only with the message's own __transactionId__", 2},
    {0},
};

bool rocketmq_set(ProtobufCMessage *message, int key, const char *argument, GError **error)
{
    Mock__RocketmqPlan *plan = (Mock__RocketmqPlan *)message;
    switch (key) {
    case KEY_HALF_MESSAGES:
        plan->has_half_messages = true;
        return mock_number32(argument, 0, &plan->half_messages, error);
    case KEY_CHECKS:
        plan->has_checks_per_send = true;
        return mock_number32(argument, 0, &plan->checks_per_send, error);
    case KEY_ROUNDS:
        plan->has_rounds = true;
        return mock_number32(argument, 1, &plan->rounds, error);
    case KEY_ASK_AGAIN:
        plan->has_ask_again = plan->ask_again = true;
        return true;
    default:
        plan->has_strict = plan->strict = true;
        return true;
    }
}

bool rocketmq_check(const ProtobufCMessage *message, GError **error)
{
    const Mock__RocketmqPlan *plan = (const Mock__RocketmqPlan *)message;
    if (plan->has_rounds && !plan->ask_again)
        return fail(error, EXIT_USAGE, "rounds is about ask_again, which is not set");
    if (plan->has_rounds && plan->rounds == 0)
        return fail(error, EXIT_USAGE, "rounds is 1 or more");
    return true;
}
