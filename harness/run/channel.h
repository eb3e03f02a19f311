/* The harness's end of the checkpoint protocol (run/protocol.h). */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

#include "run/protocol.h"

/* Makes a pair; both ends are closed on exec. PROGRAM_END is for the keeper. */
bool channel_open(int *harness_end, int *program_end, GError **error);

/* Sends one message. A program that is gone is no error here: its end tells more. */
bool channel_send(int descriptor, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);

enum channel_state {
    CHANNEL_MESSAGE,
    CHANNEL_CLOSED, /* by everyone who held the other end; or nothing to read */
    CHANNEL_NONSENSE,
};

/* Receives one message into TEXT, which message->reason may point into, and the
 * pid of whoever sent it. Sets ERROR with CHANNEL_NONSENSE. */
enum channel_state channel_receive(int descriptor, char text[PROTOCOL_MESSAGE_MAX + 1],
                                   struct message *message, pid_t *sender, GError **error);
