/* A worker process of a preforking server. */
#pragma once

char *reply_new(int question);
long reply_send(const char *reply);
void reply_free(char *reply);

/* Bytes sent. */
long answer(int question);
