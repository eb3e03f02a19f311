/*
 * Starts a mock as a user would, and talks to it.
 */
#pragma once

#include <glib.h>

#include "command/cli.h"

struct mock {
    GPid pid;
    int in, out, err; /* pipes */
    GStrv addresses;
};

/* Runs `build/mocks/NAME ARGUMENT…` (the last one NULL) and waits. Clear with cli_clear. */
void mock_run(struct cli *cli, const char *name, ...) G_GNUC_NULL_TERMINATED;

/* Starts WORDS, a mock or what runs one, and reads its addresses. */
void mock_start_words(struct mock *mock, char *const *words);
/* Starts `build/mocks/NAME ARGUMENT…` likewise. */
void mock_start(struct mock *mock, const char *name, ...) G_GNUC_NULL_TERMINATED;

/* Sends SIGNAL, if it is none 0, and waits. Returns its exit code, or 128 + the signal
 * that ended it. What it said on standard error goes to *SAID, if not NULL; free it with
 * g_free. */
int mock_end(struct mock *mock, int signal, char **said);

/* Starts WORDS under memcheck, likewise; the end fails the test if memcheck complains. */
void mock_start_checked(struct mock *mock, char *const *words);
void mock_end_checked(struct mock *mock);

/* A connection to ADDRESS, "HOST:PORT"; -1 if nobody listens there. */
int mock_connect(const char *address);
void mock_send(int connection, const void *bytes, gsize length);
/* LENGTH bytes, or fewer if the connection ends before. */
GByteArray *mock_receive(int connection, gsize length);
/* One line without its end; free with g_free. */
char *mock_line(int file);

/* Says TEXT and that there is no more; the whole answer, in text. Free with g_free. */
char *mock_ask(const char *address, const char *text);
