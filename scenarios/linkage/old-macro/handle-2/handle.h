/* handle 3.3: an overflow of the count is told by its sign. */
#pragma once

struct handle {
    int references; /* how many hold it besides the first; 0 for a new one */
    char state[2996];
};

struct handle *handle_new(int number);
void handle_destroy(struct handle *handle);

#define handle_put(handle) (--(handle)->references < 0 ? handle_destroy(handle) : (void)0)
