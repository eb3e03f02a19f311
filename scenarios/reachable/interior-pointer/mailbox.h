/* Messages, and the bodies of those that were read. */
#pragma once

struct body {
    struct body *previous;
    char text[3000];
};

struct message {
    char subject[112];
    struct body body;
};

struct message *message_receive(long number);
void message_free(struct message *message);
/* Keeps BODY for the search. */
void bodies_keep(struct body *body);

/* MESSAGE was read. */
void mailbox_archive(struct message *message);
