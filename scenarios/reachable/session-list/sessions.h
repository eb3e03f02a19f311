/* The sessions of a server, in one list. */
#pragma once

#include <stdbool.h>

struct session;
struct session {
    struct session *next, *previous;
    bool active;
    int user;
    char history[4704];
};

struct session *session_begin(int user);
/* Takes it out of the list, and frees it. */
void session_remove(struct session *session);
long sessions_active(void);

/* SESSION is over. */
void session_end(struct session *session);
