/*
 * Which scenarios a command is about.
 *
 * Globs match whole ids ("heap/err*"), or a whole class if without a slash
 * ("heap"). Tags are a comma list, each to be had, or not to be had with "!":
 * `c,lost,!slow`. A scenario's tags are its manifest's, and its class, language,
 * kind and resource in lower case.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "catalog/catalog.h"

struct selection {
    GPtrArray *globs;    /* of char *; none: every scenario */
    GPtrArray *tags;     /* of char * */
    char *class_name;    /* or NULL */
    unsigned languages;  /* set of 1u << language; 0: any */
    unsigned variants;   /* likewise */
    guint shard, shards; /* I of N, from 1; shards 0: all */
};

void selection_init(struct selection *selection);
void selection_clear(struct selection *selection);

bool selection_add_tags(struct selection *selection, const char *list, GError **error);
/* "1/4". */
bool selection_set_shard(struct selection *selection, const char *text, GError **error);

bool selection_has(const struct selection *selection, const Yard__Scenario *scenario);
bool selection_has_variant(const struct selection *selection, Yard__Variant variant);

/* The selected ones (const Yard__Scenario *), by id. A glob that matches nothing
 * is an error that names it; an empty selection has the code EXIT_NOTHING_SELECTED. */
GPtrArray *selection_apply(const struct selection *selection, const catalog_t *catalog,
                           GError **error);
