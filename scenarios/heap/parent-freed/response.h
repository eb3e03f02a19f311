/* What a server answered. */
#pragma once

struct response {
    int status;
    char *body; /* its own */
};

struct response *response_read(int number);
void body_free(char *body);
void response_free(struct response *response);
