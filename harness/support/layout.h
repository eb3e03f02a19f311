/*
 * How the parts of a program see its types: debug information tells the layout that each
 * compile unit took a struct, union or enumeration to have.
 *
 * A type that a source file defines itself is its own affair, and left out; what comes from
 * a header is meant to be the same wherever a header of that file name is included, whichever
 * folder it was found in.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A member, or an enumerator. */
struct layout_member {
    char *name;   /* "" if it has none */
    gint64 place; /* bytes from the start; of a bit field bits; of an enumerator its value */
};

/* One way in which a type was seen. */
struct layout {
    gint64 size;        /* in bytes */
    GPtrArray *members; /* struct layout_member *, in the order of the source */
    GPtrArray *units;   /* char *: names of the compile units that saw it so */
};

struct layout_type {
    char *name;         /* "struct item", "enum mode"; "item" of a typedef that alone names it */
    char *header;       /* file name of the header that declares it */
    GPtrArray *layouts; /* struct layout *; several if compile units disagree */
};

typedef struct layouts {
    GPtrArray *types; /* struct layout_type *, by name */
    guint units;      /* compile units that were read */
} layouts_t;

/* Reads FILES (programs, libraries, objects, archives), all into one. Fails if one can't be
 * read or has no debug information. Free with layouts_free. */
layouts_t *layouts_read(char *const *files, GError **error);
void layouts_free(layouts_t *layouts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(layouts_t, layouts_free)
