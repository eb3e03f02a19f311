/*
 * What one server holds: values that were set, and values that the plan makes up.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "plan.pb-c.h"

typedef struct store store_t;

struct value {
    GBytes *bytes;
    guint32 flags;
    guint64 unique; /* another one each time it is set; 0 if the plan made it up */
};

/* That of the SERVERth, from 0. PLAN stays the caller's. Free with store_free. */
store_t *store_new(const Mock__MemcachedPlan *plan, guint server);
void store_free(store_t *store);

/* Is there a value of KEY? It is the caller's, who unrefs its bytes. */
bool store_find(const store_t *store, const char *key, struct value *value);
void store_set(store_t *store, const char *key, const char *data, gsize length, guint32 flags);
/* Was there one? */
bool store_delete(store_t *store, const char *key);
/* Leaves what the plan makes up. */
void store_flush(store_t *store);
/* How many were set, and are still there. */
guint store_size(const store_t *store);

/* The server that owns KEY, where the plan says that one does. */
guint store_owner(const Mock__MemcachedPlan *plan, const char *key);
