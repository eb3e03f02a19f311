/*
 * Just enough of C's and Go's shape to find comments and functions in a source
 * file, without compiling it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A comment, by offsets in the text: from its opener to past its end, the line
 * feed of a `//` comment left out. */
struct comment {
    gsize start, end;
};

/* A function: lines from 1. */
struct extent {
    char *function; /* "table_new"; of a Go method "(*table).put" is "put" */
    guint first, last;
};

struct source {
    GArray *comments;   /* of struct comment, by start */
    GPtrArray *extents; /* of struct extent *, by first line */
};

/* TEXT of C, or of Go with the C of its cgo preamble. Clear with source_clear. */
void source_scan(struct source *source, const char *text, bool go);
void source_clear(struct source *source);

/* The function that LINE is in, or NULL. */
const struct extent *source_function(const struct source *source, guint line);

/* The line, from 1, that holds the byte at OFFSET. */
guint source_line(const char *text, gsize offset);
