/*
 * Truth in the source: marker comments on the defect's own line.
 *
 *     ALLOC           where the unit is born
 *     LEAK: why       where it is lost (leaky)
 *     FIX: how        what the fixed variant does instead
 *
 * A marker stands for the source extent of the function it is in: from the
 * function's first line at column 0 to its closing brace at column 0, the shape
 * that clang-format and gofmt guarantee. So inlining, tail calls and
 * compiler-made names don't matter, and no committed file holds a line number. A
 * marker outside of any function stands for its own line. In a build.mk, where
 * settings make the difference, it is `# LEAK: why`.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"

enum marker {
    MARKER_ALLOC,
    MARKER_LEAK,
    MARKER_FIX,
};

/* "ALLOC", "LEAK" or "FIX". */
const char *marker_word(enum marker marker);

struct site {
    char *file;     /* as built: "variant.c" for leaky.c and fixed.c, else its own name */
    char *function; /* "table_new"; of a Go method "(*table).put" is "put"; else "" */
    char *text;     /* "why" or "how", or "" */
    guint line;     /* the marker's own */
    guint first, last;
    enum marker marker;
};

typedef struct sites {
    GPtrArray *sites; /* of struct site * */
    GPtrArray
        *files; /* of char *: every source file of the scenario, as built; paths below its folder */
    char *name; /* the scenario's folder: files are built as NAME/FILE */
    GPtrArray *upstream; /* of char *: functions of modules that have the defect; may be NULL */
    char *stubs; /* what C stubs of its package main begin with, "_cgo_HASH_"; NULL: not known */
} sites_t;

/* Reads the sources of one variant in FOLDER (scenarios/CLASS/NAME). Free with
 * sites_free. */
sites_t *sites_read(const char *folder, Yard__Variant variant, GError **error);
void sites_free(sites_t *sites);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(sites_t, sites_free)

/* Learns which functions of modules are to count as the scenario's. */
void sites_add_upstream(sites_t *sites, const Yard__Scenario *scenario);

/* Learns from the symbols of PROGRAM, a cgo program, which stubs are its own: those of
 * the standard library and of modules are called _cgo_HASH_Cfunc_… too. */
void sites_read_stubs(sites_t *sites, const char *program);

/* Is PATH, as a tool spelt it, one of the scenario's files? Returns the file's
 * name as built, or NULL. */
const char *sites_file(const sites_t *sites, const char *path);
