/*
 * The command line that mocks share: NAME [FLAG…] [-- COMMAND [ARGUMENT…]].
 */
#pragma once

#include <argp.h>
#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

#include "loop/counters.h"
#include "loop/loop.h"

struct mock {
    const char *doc;                        /* what argp's help says; see there for its form */
    const struct argp_option *flags;        /* of its own, with keys from MOCK_KEY on */
    const ProtobufCMessageDescriptor *plan; /* the message of a plan file */
    /* Puts what a flag says into PLAN. The error says nothing of the flag's name. */
    bool (*set)(ProtobufCMessage *plan, int key, const char *argument, GError **error);
    /* What the schema can't say. */
    bool (*check)(const ProtobufCMessage *plan, GError **error);
    /* Listens from PORT on, or wherever the kernel says if that is 0, and appends its
     * addresses, one blank between two. PLAN lives until `stop`. NULL on error. */
    void *(*start)(loop_t *loop, guint port, const ProtobufCMessage *plan, GString *addresses,
                   GError **error);
    /* All that it did; the caller frees it. */
    counters_t *(*counters)(const void *started);
    void (*stop)(void *started);
};

enum { MOCK_KEY = 0x100 };

/* Returns what to exit with. */
int mock_main(const struct mock *mock, int argc, char **argv);

/* A flag's number, from LEAST to MOST. */
bool mock_number(const char *argument, guint64 least, guint64 most, guint64 *number,
                 GError **error);
/* The same for what is no 64 bits wide. */
bool mock_number32(const char *argument, guint32 least, guint32 *number, GError **error);
