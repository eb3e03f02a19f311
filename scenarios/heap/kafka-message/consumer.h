/* Reads events from Kafka. */
#pragma once

#include <librdkafka/rdkafka.h>

/* The length of the next message, or -1. */
long consume(rd_kafka_topic_t *topic);
