#include "memcached/store.h"

#include <string.h>

struct store {
    const Mock__MemcachedPlan *plan;
    guint server;
    guint size;        /* items that are no tombstones */
    guint64 uniques;   /* given so far */
    GHashTable *items; /* char * → struct value *, owned; without bytes: deleted */
};

static void value_free(void *data)
{
    struct value *value = data;
    if (value->bytes != NULL)
        g_bytes_unref(value->bytes);
    g_free(value);
}

store_t *store_new(const Mock__MemcachedPlan *plan, guint server)
{
    store_t *store = g_new(store_t, 1);
    *store = (store_t){
        .plan = plan,
        .server = server,
        .items = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, value_free),
    };
    return store;
}

void store_free(store_t *store)
{
    g_hash_table_unref(store->items);
    g_free(store);
}

/* FNV-1a, 32 bits. */
static guint32 hash(const char *key)
{
    guint32 sum = 2166136261U;
    for (; *key != '\0'; key++)
        sum = (sum ^ (guint8)*key) * 16777619U;
    return sum;
}

guint store_owner(const Mock__MemcachedPlan *plan, const char *key)
{
    return hash(key) % plan->buckets % plan->servers;
}

/* KEY and a blank, again and again. */
static GBytes *make_up(const char *key, gsize length)
{
    gsize period = strlen(key) + 1;
    char *data = g_malloc(length);
    for (gsize i = 0; i < length; i++)
        data[i] = i % period == period - 1 ? ' ' : key[i % period];
    return g_bytes_new_take(data, length);
}

static bool find_made_up(const store_t *store, const char *key, struct value *value)
{
    const Mock__MemcachedPlan *plan = store->plan;
    if (plan->has_buckets && store_owner(plan, key) != store->server)
        return false;
    for (size_t i = 0; i < plan->n_synthesize; i++) {
        const Mock__Synthesized *made = plan->synthesize[i];
        if (!g_str_has_prefix(key, made->prefix))
            continue;
        *value = (struct value){.bytes = make_up(key, made->bytes), .flags = made->flags};
        return true;
    }
    return false;
}

bool store_find(const store_t *store, const char *key, struct value *value)
{
    const struct value *item = g_hash_table_lookup(store->items, key);
    if (item == NULL)
        return find_made_up(store, key, value);
    *value = *item;
    if (value->bytes != NULL)
        g_bytes_ref(value->bytes);
    return value->bytes != NULL;
}

/* Takes BYTES over; NULL leaves a tombstone. */
static void put(store_t *store, const char *key, GBytes *bytes, guint32 flags)
{
    const struct value *before = g_hash_table_lookup(store->items, key);
    store->size -= before != NULL && before->bytes != NULL;
    store->size += bytes != NULL;
    struct value *value = g_new(struct value, 1);
    *value = (struct value){.bytes = bytes, .flags = flags, .unique = ++store->uniques};
    g_hash_table_replace(store->items, g_strdup(key), value);
}

void store_set(store_t *store, const char *key, const char *data, gsize length, guint32 flags)
{
    put(store, key, g_bytes_new(data, length), flags);
}

bool store_delete(store_t *store, const char *key)
{
    struct value value;
    if (!store_find(store, key, &value))
        return false;
    g_bytes_unref(value.bytes);
    put(store, key, NULL, 0);
    return true;
}

void store_flush(store_t *store)
{
    g_hash_table_remove_all(store->items);
    store->size = 0;
}

guint store_size(const store_t *store)
{
    return store->size;
}
