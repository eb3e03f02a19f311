/* handle 3.2 */
#pragma once

struct handle {
    int references; /* how many hold it; 1 for a new one */
    char state[2996];
};

struct handle *handle_new(int number);
void handle_destroy(struct handle *handle);

#define handle_put(handle) (--(handle)->references == 0 ? handle_destroy(handle) : (void)0)
