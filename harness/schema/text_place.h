/*
 * Places in protobuf's text format, for errors that say where they are.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A field, or a string in it. */
struct text_place {
    const char *field; /* its name; NULL: the text's beginning */
    const char *value; /* NULL: the name itself; else a string in such a field */
    guint nth;         /* which of those that are alike, from 0 */
};

/* Both set ERROR, which begins "PATH:LINE:COLUMN: " (the column counts bytes) and
 * has EXIT_USAGE, and return false. A place that isn't there is 1:1. */
bool text_fail(GError **error, const char *path, const char *text, const struct text_place *place,
               const char *format, ...) G_GNUC_PRINTF(5, 6);
bool text_fail_at(GError **error, const char *path, const char *text, gsize offset,
                  const char *message);

/* The byte that protoc calls LINE:COLUMN; it counts a tab up to the next stop. */
gsize text_offset(const char *text, guint line, guint column);

/* The last token that is WORD, be it a string or not, and ends before BEFORE;
 * else BEFORE. (protoc points one token too far when a word is unknown.) */
gsize text_token_before(const char *text, gsize before, const char *word);
