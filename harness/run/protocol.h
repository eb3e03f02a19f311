/*
 * The checkpoint protocol: one short text message a packet on a SOCK_SEQPACKET
 * pair whose program's end is the descriptor named in YARD_FD.
 *
 *     program  ready
 *     harness  run N                    do N rounds
 *     program  done N VALUE BORN DIED [unsettled]
 *     harness  look AGENT PATH          have AGENT write to PATH
 *     program  looked | cannot REASON
 *     harness  stop
 *
 * VALUE sums what all rounds so far returned; BORN and DIED are the ledger: units
 * the scenario knows it made and gave up, since the start. The program's pid is
 * whoever sent `ready` (SCM_CREDENTIALS), never the child's: wrappers fork.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define PROTOCOL_MESSAGE_MAX 4096

enum message_kind {
    MESSAGE_READY,
    MESSAGE_DONE,
    MESSAGE_LOOKED,
    MESSAGE_CANNOT,
};

struct message {
    enum message_kind kind;
    guint64 rounds; /* done: of this order */
    gint64 value, born, died;
    bool unsettled;
    const char *reason; /* cannot: part of the text that was parsed */
};

/* TEXT ends with a zero byte. Refuses whatever is not in the table above. */
bool message_parse(const char *text, struct message *message, GError **error);
