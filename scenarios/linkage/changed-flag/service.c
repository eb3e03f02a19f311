#include "framework.h"
#include "yard.h"

/* Reads two messages. */
long yard_round(void)
{
    long sum = 0;
    for (int letter = 'a'; letter < 'c'; letter++) {
        struct buffer *message = framework_receive(letter);
        sum += buffer_sum(message);
        buffer_free(message);
    }
    return sum;
}
