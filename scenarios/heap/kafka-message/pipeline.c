#include "consumer.h"

#include <librdkafka/rdkafka_mock.h>
#include <stdio.h>
#include <stdlib.h>

#include "yard.h"

enum { EVENTS = 2 };

static rd_kafka_t *producer, *consumer;
static rd_kafka_topic_t *outbox, *inbox;
static rd_kafka_topic_partition_list_t *partition;

static void set(rd_kafka_conf_t *settings, const char *name, const char *value)
{
    char error[256];
    if (rd_kafka_conf_set(settings, name, value, error, sizeof error) != RD_KAFKA_CONF_OK) {
        fprintf(stderr, "%s\n", error);
        abort();
    }
}

static rd_kafka_t *client(rd_kafka_type_t type, rd_kafka_conf_t *settings)
{
    char error[256];
    rd_kafka_t *made = rd_kafka_new(type, settings, error, sizeof error);
    if (made == NULL) {
        fprintf(stderr, "%s\n", error);
        abort();
    }
    return made;
}

/* The library brings a broker of its own for tests, on a loopback port. */
void yard_start(void)
{
    rd_kafka_conf_t *settings = rd_kafka_conf_new();
    set(settings, "test.mock.num.brokers", "1");
    set(settings, "linger.ms", "200"); /* both events travel in one batch */
    producer = client(RD_KAFKA_PRODUCER, settings);

    settings = rd_kafka_conf_new();
    set(settings, "bootstrap.servers",
        rd_kafka_mock_cluster_bootstraps(rd_kafka_handle_mock_cluster(producer)));
    set(settings, "fetch.wait.max.ms", "1"); /* what is read next waits for the fetch under way */
    consumer = client(RD_KAFKA_CONSUMER, settings);
    partition = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(partition, "events", 0);
    outbox = rd_kafka_topic_new(producer, "events", NULL);
    inbox = rd_kafka_topic_new(consumer, "events", NULL);
    if (outbox == NULL || inbox == NULL ||
        rd_kafka_consume_start(inbox, 0, RD_KAFKA_OFFSET_BEGINNING) != 0)
        abort();
    for (int i = 0; i < EVENTS; i++)
        if (rd_kafka_produce(outbox, 0, RD_KAFKA_MSG_F_COPY, "an event", 8, NULL, 0, NULL) != 0)
            abort();
    while (rd_kafka_outq_len(producer) > 0) /* a flush would not wait for the batch to fill */
        rd_kafka_poll(producer, 1000);
}

static int64_t lag(int64_t read)
{
    int64_t low, high;
    if (rd_kafka_query_watermark_offsets(consumer, "events", 0, &low, &high, 60 * 1000) !=
        RD_KAFKA_RESP_ERR_NO_ERROR)
        abort();
    return high - read;
}

/* Reads the day's two events again. Between the rounds nothing is fetched: asking the broker for
   the lag waits for the fetch under way, too. The clients are never closed: closing would wait for
   messages that are out. */
long yard_round(void)
{
    long length = 0;
    rd_kafka_resume_partitions(consumer, partition);
    if (rd_kafka_seek(inbox, 0, 0, 60 * 1000) != RD_KAFKA_RESP_ERR_NO_ERROR)
        abort();
    for (int i = 0; i < EVENTS; i++)
        length += consume(inbox);
    rd_kafka_pause_partitions(consumer, partition);
    return length + lag(EVENTS);
}
