/*
 * A keeper: the process between the harness and a command it starts. It is the
 * command's parent and the subreaper of all that the command starts, and holds
 * a life socket to the harness. Whatever happens — the command ends, the harness
 * asks, the harness dies — nothing that the command started outlives the keeper.
 *
 *     struct keeper keeper;
 *     keeper_start(&spec, &keeper, error);
 *     … poll keeper.life, keeper_receive() until it says KEEPER_ENDED or is false …
 *     keeper_release(&keeper);
 *
 * The caretaker (run/run.h) is the same for a folder: it has no command.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

#define KEEPER_PROGRAM_PROTOCOL 3 /* the descriptor a program finds its protocol at */

/* Plain values and the caller's descriptors, which stay the caller's. */
struct keeper_spec {
    const char *directory; /* the command's working directory, absolute */
    char *const *argv;     /* its first is looked for in the PATH of envp */
    char *const *envp;
    int standard[3];          /* its standard input, output and error */
    int protocol;             /* its end of the protocol, or -1 */
    guint64 memory_limit_kib; /* resident, of all that the command started; 0: none */
    bool detaches; /* a command that exits 0 passes its part on to the process it left behind */
};

struct keeper {
    pid_t pid;
    int life; /* to be polled for POLLIN */
};

enum keeper_event {
    KEEPER_STARTED,      /* the command runs */
    KEEPER_CANNOT_START, /* then KEEPER_ENDED still follows */
    KEEPER_DESERTED,     /* the command ended, what it started runs on; the same */
    KEEPER_ENDED,
};

struct keeper_report {
    enum keeper_event event;
    pid_t command;         /* started */
    int error;             /* cannot start: errno */
    int status;            /* deserted, ended: the command's wait status */
    guint stragglers;      /* ended: processes that outlived the command by GRACE or more */
    guint64 peak_kib;      /* ended: peak resident memory of the largest process */
    guint64 exceeding_kib; /* ended: what was resident when the limit was passed; 0: never */
};

/* Fails only if the keeper itself can't be started. */
bool keeper_start(const struct keeper_spec *spec, struct keeper *keeper, GError **error);

/* Asks for the end of the command and all it started; KEEPER_ENDED follows. */
void keeper_kill(const struct keeper *keeper);

/* Reads one report; false if the keeper is gone. */
bool keeper_receive(const struct keeper *keeper, struct keeper_report *report);

/* Lets the keeper go and waits for it: quick once it said KEEPER_ENDED. */
void keeper_release(struct keeper *keeper);

/* Their own lives, in keep.c: these never return. LIFE is their end of the socket;
 * HELD is kept open as long as the keeper lives, unless it is -1. */
_Noreturn void keep(const struct keeper_spec *spec, int life, int held);
_Noreturn void take_care(const char *folder, int life);

/* What the harness says on the life socket. */
#define KEEPER_KILL    'k'
#define KEEPER_RELEASE 'r'
