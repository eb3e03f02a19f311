#include "gateway.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "change.pb-c.h"
#include "rpc.h"
#include "yard.h"

enum { PATIENCE_MS = 60 * 1000 };

static rd_kafka_t *producer, *consumer;
static rd_kafka_topic_t *outbox, *inbox;

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
static void kafka_open(void)
{
    rd_kafka_conf_t *settings = rd_kafka_conf_new();
    set(settings, "test.mock.num.brokers", "1");
    set(settings, "linger.ms", "0");
    set(settings, "log_level", "4"); /* warnings: that it brings a broker is none */
    producer = client(RD_KAFKA_PRODUCER, settings);

    settings = rd_kafka_conf_new();
    set(settings, "bootstrap.servers",
        rd_kafka_mock_cluster_bootstraps(rd_kafka_handle_mock_cluster(producer)));
    set(settings, "fetch.wait.max.ms", "5"); /* what is read next waits for the fetch under way */
    consumer = client(RD_KAFKA_CONSUMER, settings);
    outbox = rd_kafka_topic_new(producer, "changes", NULL);
    inbox = rd_kafka_topic_new(consumer, "changes", NULL);
    if (outbox == NULL || inbox == NULL || rd_kafka_consume_start(inbox, 0, 0) != 0)
        abort();
}

static void kafka_put(const Change *change)
{
    uint8_t bytes[256];
    size_t size = change__pack(change, bytes);
    if (rd_kafka_produce(outbox, 0, RD_KAFKA_MSG_F_COPY, bytes, size, NULL, 0, NULL) != 0)
        abort();
}

static void kafka_forward_next(int wire)
{
    rd_kafka_message_t *message = rd_kafka_consume(inbox, 0, PATIENCE_MS);
    if (message == NULL || message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        abort();
    Change *change = change__unpack(NULL, message->len, message->payload);
    rd_kafka_message_destroy(message);
    if (change == NULL)
        abort();
    rpc_send(wire, &change->base);
    change__free_unpacked(change, NULL);
}

/* The world: COUNT more changes of the data, each of which TAKE gets. */
static void happen(unsigned count, void (*take)(int wire, const Change *change), int wire)
{
    static const char *const contents[] = {"price=12", "title=The Yard", "stock=-4", "author=Ada"};
    static uint64_t key;
    for (unsigned i = 0; i < count; i++) {
        Change change = CHANGE__INIT;
        change.content = (char *)contents[key % (sizeof contents / sizeof *contents)];
        change.key = key++;
        take(wire, &change);
    }
}

static void publish(int wire, const Change *change)
{
    (void)wire;
    kafka_put(change);
}

static void hand_over(int wire, const Change *change)
{
    rpc_send(wire, &change->base);
}

static void consume(int wire, unsigned count)
{
    happen(count, publish, wire);
    for (unsigned i = 0; i < count; i++)
        kafka_forward_next(wire);
}

/* Leaves without closing the clients: that would wait for threads of theirs. */
_Noreturn void gateway_serve(int wire)
{
    bool consumes = yard_stage("consume");
    if (consumes)
        kafka_open();
    for (Order *order; (order = (Order *)rpc_receive(wire, &order__descriptor)) != NULL;) {
        if (consumes)
            consume(wire, order->changes);
        else
            happen(order->changes, hand_over, wire);
        order__free_unpacked(order, NULL);
    }
    _exit(EXIT_SUCCESS);
}
