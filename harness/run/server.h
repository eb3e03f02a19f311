/*
 * The server that a run's program talks to: up before the program starts, ended after
 * it, under a keeper of its own. The first line of its standard output tells where it
 * listens; what it complains of goes to the file server.stderr in the run's folder.
 *
 *     struct server server = {0};
 *     server_start(&server, &request->server, request->directory, error);
 *     … poll server_output() and server_life(), until server_hear() …
 *     server_kill(&server); … until it is no longer `started` …
 *     server_clear(&server);
 */
#pragma once

#include "run/keeper.h"
#include "run/run.h"

#define SERVER_ENVIRONMENT "YARD_SERVER" /* where the program finds the address */

struct server {
    const char *name; /* borrowed */
    char *errors;     /* path */
    struct keeper keeper;
    bool started; /* and its keeper is not let go yet */
    int output;   /* to read from, while started */
    bool silent;  /* nothing more is to be read: it spoke, or closed its output */
    GString *said;
};

bool server_start(struct server *server, const struct server_command *command,
                  const char *directory, GError **error);

/* Descriptors to poll, or -1 where there is nothing to wait for. */
int server_output(const struct server *server);
int server_life(const struct server *server);

/* Reads on. The address once its line is whole, to be freed with g_free, else NULL. */
char *server_hear(struct server *server);

/* Reads its keeper's word. False once the server is gone; then its end, as WHY it is no
 * longer there, is to be freed with g_free. */
bool server_lives(struct server *server, char **why);

/* Asks for its end; server_lives tells when. */
void server_kill(const struct server *server);

void server_clear(struct server *server);
