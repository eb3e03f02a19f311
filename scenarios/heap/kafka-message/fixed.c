#include "consumer.h"

#include "yard.h"

YARD_SITE long consume(rd_kafka_topic_t *topic)
{
    rd_kafka_message_t *message = rd_kafka_consume(topic, 0, 60 * 1000); /* ALLOC */
    if (message == NULL)
        return -1;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) { /* an error comes as a message, too */
        rd_kafka_message_destroy(message);
        return -1;
    }
    yard_born(1);
    long length = (long)message->len;
    rd_kafka_message_destroy(message); /* FIX: give it back to the library */
    yard_died(1);
    return length;
}
