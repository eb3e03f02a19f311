/*
 * Where things are. From --root, else LEAKYARD_ROOT, else from the program's own
 * place: ROOT/BUILD/leakyard in a checkout, PREFIX/bin/leakyard with
 * PREFIX/share/leakyard when installed.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct root {
    char *path;      /* holds Makefile, scenarios/, expected/, harness/schema/ */
    char *build;     /* ROOT/build, or where the program itself was built */
    char *state;     /* what runs leave: build, or if nobody may write there (installed)
                        leakyard in XDG_STATE_HOME, which is ~/.local/state if not set */
    char *scenarios; /* ROOT/scenarios */
    char *expected;  /* ROOT/expected */
    char *schema;    /* ROOT/harness/schema */
};

bool root_find(struct root *root, const char *given, GError **error);
void root_clear(struct root *root);

/* Free with root_free. */
struct root *root_copy(const struct root *root);
void root_free(gpointer root);
