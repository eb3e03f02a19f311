/* Reads settings, "name = number", from a text. The reader of its lines is a coroutine,
 * with a stack of its own: it runs when the next line is wanted, and waits in between. */
#pragma once

#include <stdbool.h>

enum { LINE_MOST = 3022 };

struct line {
    bool comment;
    char text[LINE_MOST];
};

/* Copies the next line of *TEXT, and moves *TEXT past it; NULL at the end. */
struct line *line_copy(const char **text);
void line_free(struct line *line);

/* The coroutine. */
void read_lines(const char *text);

/* Hands LINE over to whoever wants it, and waits until another is wanted. */
void yield(struct line *line);
