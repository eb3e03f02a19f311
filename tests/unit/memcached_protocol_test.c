#include <string.h>

#include "memcached/protocol.h"
#include "memcached/store.h"
#include "suite.h"

/* Parses a copy that ends where TEXT does, so that valgrind sees who reads on. */
static enum memcached_step parse(const char *text, gsize length, struct memcached_request *request,
                                 gsize *size)
{
    g_autofree char *copy = g_memdup2(text, length);
    enum memcached_step step = memcached_parse(copy ? copy : "", length, request, size);
    request->data = NULL; /* it was in the copy */
    return step;
}

/* ---- What real clients send ---------------------------------------------------- */

static const struct {
    enum memcached_verb verb;
    guint words;
    gsize data_length;
    guint32 flags;
    bool noreply;
} recorded[] = {
    {MEMCACHED_SET, 1, 11, 7, false},      {MEMCACHED_ADD, 1, 1, 7, false},
    {MEMCACHED_REPLACE, 1, 0, 7, false},   {MEMCACHED_SET, 1, 2, 7, true},
    {MEMCACHED_INCR, 1, 0, 0, false},      {MEMCACHED_GET, 3, 0, 0, false},
    {MEMCACHED_GETS, 1, 0, 0, false},      {MEMCACHED_DELETE, 1, 0, 0, false},
    {MEMCACHED_STATS, 0, 0, 0, false},     {MEMCACHED_STATS, 1, 0, 0, false},
    {MEMCACHED_FLUSH_ALL, 0, 0, 0, false}, {MEMCACHED_QUIT, 0, 0, 0, false},
};

static char *recording(gsize *length)
{
    g_autofree char *path = data_path("memcached/gobeansdb.bin");
    char *bytes = NULL;
    ck_assert(g_file_get_contents(path, &bytes, length, NULL));
    return bytes;
}

START_TEST(a_recorded_conversation)
{
    gsize length, at = 0, size;
    g_autofree char *bytes = recording(&length);
    for (gsize i = 0; i < G_N_ELEMENTS(recorded); i++) {
        struct memcached_request request;
        ck_assert_int_eq(memcached_parse(bytes + at, length - at, &request, &size),
                         MEMCACHED_REQUEST);
        ck_assert_int_eq(request.verb, recorded[i].verb);
        ck_assert_uint_eq(request.words->len, recorded[i].words);
        ck_assert_uint_eq(request.data_length, recorded[i].data_length);
        ck_assert_uint_eq(request.flags, recorded[i].flags);
        ck_assert_int_eq(request.noreply, recorded[i].noreply);
        if (i == 0)
            ck_assert_mem_eq(request.data, "line\r\nEND\r\n", 11);
        memcached_clear(&request);
        at += size;
    }
    ck_assert_uint_eq(at, length);
}
END_TEST

/* Cut anywhere, no request but the last changes, and that one is waited for: for no
 * more bytes than it has. */
START_TEST(a_recording_cut_anywhere)
{
    gsize length;
    g_autofree char *bytes = recording(&length);
    for (gsize cut = 0; cut < length; cut++) {
        gsize at = 0, size, whole;
        guint seen = 0;
        struct memcached_request request;
        while (parse(bytes + at, cut - at, &request, &size) == MEMCACHED_REQUEST) {
            ck_assert_int_eq(request.verb, recorded[seen++].verb);
            memcached_clear(&request);
            at += size;
        }
        ck_assert_uint_lt(seen, G_N_ELEMENTS(recorded));
        ck_assert_uint_gt(size, cut - at);
        ck_assert_int_eq(memcached_parse(bytes + at, length - at, &request, &whole),
                         MEMCACHED_REQUEST);
        ck_assert_uint_le(size, whole);
        memcached_clear(&request);
    }
}
END_TEST

/* No flipped bit makes it read what is not there, or stand still. */
START_TEST(a_recording_with_a_flipped_bit)
{
    gsize length;
    g_autofree char *bytes = recording(&length);
    for (gsize flipped = 0; flipped < length * 8; flipped++) {
        bytes[flipped / 8] ^= (char)(1 << flipped % 8);
        gsize at = 0, size = 0;
        while (at < length) {
            struct memcached_request request;
            enum memcached_step step = parse(bytes + at, length - at, &request, &size);
            ck_assert_uint_gt(size, 0);
            if (step == MEMCACHED_INCOMPLETE)
                break;
            if (step == MEMCACHED_REQUEST)
                ck_assert_uint_le(size, length - at);
            else
                ck_assert_ptr_nonnull(request.refusal);
            memcached_clear(&request);
            at += size;
        }
        bytes[flipped / 8] ^= (char)(1 << flipped % 8);
    }
}
END_TEST

/* ---- What they should not ------------------------------------------------------- */

#define KEY_250                                                                                    \
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"  \
    "1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901"  \
    "23456789012345678901234567890123456789012345678901234567890123456789"

static const struct {
    const char *text, *refusal; /* NULL: it is fine */
    gsize size;                 /* 0: all of it */
} lines[] = {
    {"get a\r\n", NULL, 0},
    {"get a\n", NULL, 0},
    {"  get   a  b \r\n", NULL, 0},
    {"get " KEY_250 "\r\n", NULL, 0},
    {"get " KEY_250 "x\r\n", "CLIENT_ERROR bad command line format", 0},
    {"get a\tb\r\n", "CLIENT_ERROR bad command line format", 0},
    {"get\r\n", "ERROR", 0},
    {"\r\n", "ERROR", 0},
    {"GET a\r\n", "ERROR", 0},
    {"gett a\r\n", "ERROR", 0},
    {"delete a b\r\n", "ERROR", 0},
    {"delete noreply\r\n", "ERROR", 0},
    {"delete a noreply\r\n", NULL, 0},
    {"version 1\r\n", "ERROR", 0},
    {"flush_all 10 noreply\r\n", NULL, 0},
    {"verbosity 1\r\n", NULL, 0},
    {"incr a 18446744073709551615\r\n", NULL, 0},
    {"incr a 18446744073709551616\r\n", "CLIENT_ERROR invalid numeric delta argument", 0},
    {"incr a -1\r\n", "CLIENT_ERROR invalid numeric delta argument", 0},
    {"set a 0 0 0\r\n\r\n", NULL, 0},
    {"set a 4294967295 -1 1\r\nx\r\n", NULL, 0},
    {"set a 4294967296 0 1\r\nx\r\n", "CLIENT_ERROR bad command line format", 22},
    {"set a 0 0 -1\r\nx\r\n", "CLIENT_ERROR bad command line format", 14},
    {"set a 0 0 1x\r\nx\r\n", "CLIENT_ERROR bad command line format", 14},
    {"set a 0 0\r\n", "ERROR", 0},
    {"set a 0 0 1 reply\r\nx\r\n", "ERROR", 19},
    {"set a 0 0 1\r\nxy\r\n", "CLIENT_ERROR bad data chunk", 16},
    {"set a 0 0 52428801\r\n", "SERVER_ERROR object too large for cache", 20 + 52428801 + 2},
    {"set a 0 0 99999999999\r\n", "CLIENT_ERROR bad command line format", 0},
    {"cas a 0 0 1 77\r\nx\r\n", NULL, 0},
    {"cas a 0 0 1\r\nx\r\n", "ERROR", 13},
};

START_TEST(lines_are_judged)
{
    struct memcached_request request;
    gsize length = strlen(lines[_i].text), size;
    enum memcached_step step = memcached_parse(lines[_i].text, length, &request, &size);
    ck_assert_int_eq(step, lines[_i].refusal ? MEMCACHED_REFUSED : MEMCACHED_REQUEST);
    ck_assert_pstr_eq(request.refusal, lines[_i].refusal);
    ck_assert_uint_eq(size, lines[_i].size ? lines[_i].size : length);
    memcached_clear(&request);
}
END_TEST

START_TEST(a_zero_byte_ends_no_key)
{
    static const char text[] = "get a\0b\r\n";
    struct memcached_request request;
    gsize size;
    ck_assert_int_eq(memcached_parse(text, sizeof text - 1, &request, &size), MEMCACHED_REFUSED);
    ck_assert_str_eq(request.refusal, "ERROR");
    ck_assert_uint_eq(size, sizeof text - 1);
}
END_TEST

START_TEST(a_line_has_an_end)
{
    g_autofree char *text = g_strnfill(MEMCACHED_LONGEST_LINE, 'x');
    struct memcached_request request;
    gsize size;
    ck_assert_int_eq(memcached_parse(text, MEMCACHED_LONGEST_LINE - 1, &request, &size),
                     MEMCACHED_INCOMPLETE);
    ck_assert_int_eq(memcached_parse(text, MEMCACHED_LONGEST_LINE, &request, &size),
                     MEMCACHED_HOPELESS);
    ck_assert_str_eq(request.refusal, "CLIENT_ERROR line too long");
}
END_TEST

START_TEST(a_large_value_is_waited_for_at_once)
{
    static const char text[] = "set a 0 0 52428800\r\n";
    struct memcached_request request;
    gsize size;
    ck_assert_int_eq(memcached_parse(text, strlen(text), &request, &size), MEMCACHED_INCOMPLETE);
    ck_assert_uint_eq(size, strlen(text) + MEMCACHED_LARGEST_VALUE + 2);
}
END_TEST

START_TEST(value_lines)
{
    const guint64 unique = G_MAXUINT64;
    g_autofree char *plain = memcached_value_line("key", 7, 10007, NULL);
    g_autofree char *with_unique = memcached_value_line("key", 0, 0, &unique);
    ck_assert_str_eq(plain, "VALUE key 7 10007\r\n");
    ck_assert_str_eq(with_unique, "VALUE key 0 0 18446744073709551615\r\n");
}
END_TEST

/* ---- The store -------------------------------------------------------------------- */

static Mock__Synthesized made = MOCK__SYNTHESIZED__INIT;
static Mock__Synthesized *made_list[] = {&made};

static Mock__MemcachedPlan plan_with(guint servers, guint buckets)
{
    Mock__MemcachedPlan plan = MOCK__MEMCACHED_PLAN__INIT;
    made.prefix = "user:";
    made.bytes = 17;
    made.flags = 3;
    plan.n_synthesize = 1;
    plan.synthesize = made_list;
    plan.servers = servers;
    plan.has_buckets = buckets > 0;
    plan.buckets = buckets;
    return plan;
}

static bool holds(const store_t *store, const char *key, const char *text)
{
    struct value value;
    if (!store_find(store, key, &value))
        return text == NULL;
    gsize length;
    const char *data = g_bytes_get_data(value.bytes, &length);
    bool same = text != NULL && strlen(text) == length && memcmp(text, data, length) == 0;
    g_bytes_unref(value.bytes);
    return same;
}

START_TEST(what_was_done_stands_before_what_is_made_up)
{
    Mock__MemcachedPlan plan = plan_with(1, 0);
    store_t *store = store_new(&plan, 0);
    ck_assert(holds(store, "user:1", "user:1 user:1 use"));
    ck_assert(holds(store, "item:1", NULL));
    store_set(store, "user:1", "new", 3, 0);
    ck_assert(holds(store, "user:1", "new"));
    ck_assert_uint_eq(store_size(store), 1);
    ck_assert(store_delete(store, "user:1"));
    ck_assert(!store_delete(store, "user:1"));
    ck_assert(holds(store, "user:1", NULL));
    ck_assert(store_delete(store, "user:2"));
    ck_assert_uint_eq(store_size(store), 0);
    store_flush(store);
    ck_assert(holds(store, "user:1", "user:1 user:1 use"));
    store_free(store);
}
END_TEST

/* The hash is FNV-1a: these are its published values for "", "a" and "foobar". */
START_TEST(keys_have_owners)
{
    Mock__MemcachedPlan plan = plan_with(7, 1U << 31);
    ck_assert_uint_eq(store_owner(&plan, ""), 0x811c9dc5U % (1U << 31) % 7);
    ck_assert_uint_eq(store_owner(&plan, "a"), 0xe40c292cU % (1U << 31) % 7);
    ck_assert_uint_eq(store_owner(&plan, "foobar"), 0xbf9cf968U % (1U << 31) % 7);
}
END_TEST

START_TEST(a_key_is_with_its_owner_alone)
{
    Mock__MemcachedPlan plan = plan_with(3, 16);
    guint owned[3] = {0};
    for (guint i = 0; i < 300; i++) {
        g_autofree char *key = g_strdup_printf("user:%u", i);
        for (guint server = 0; server < 3; server++) {
            store_t *store = store_new(&plan, server);
            struct value value;
            bool found = store_find(store, key, &value);
            ck_assert_int_eq(found, store_owner(&plan, key) == server);
            if (found) {
                owned[server]++;
                g_bytes_unref(value.bytes);
            }
            store_free(store);
        }
    }
    ck_assert_uint_eq(owned[0] + owned[1] + owned[2], 300);
    ck_assert(owned[0] > 50 && owned[1] > 50 && owned[2] > 50);
}
END_TEST

static Suite *memcached_protocol(void)
{
    Suite *suite = suite_create("memcached_protocol");
    TCase *requests = tcase_create("requests");
    tcase_set_timeout(requests, 60);
    tcase_add_test(requests, a_recorded_conversation);
    tcase_add_test(requests, a_recording_cut_anywhere);
    tcase_add_test(requests, a_recording_with_a_flipped_bit);
    tcase_add_loop_test(requests, lines_are_judged, 0, G_N_ELEMENTS(lines));
    tcase_add_test(requests, a_zero_byte_ends_no_key);
    tcase_add_test(requests, a_line_has_an_end);
    tcase_add_test(requests, a_large_value_is_waited_for_at_once);
    tcase_add_test(requests, value_lines);
    suite_add_tcase(suite, requests);
    TCase *store = tcase_create("store");
    tcase_add_test(store, what_was_done_stands_before_what_is_made_up);
    tcase_add_test(store, keys_have_owners);
    tcase_add_test(store, a_key_is_with_its_owner_alone);
    suite_add_tcase(suite, store);
    return suite;
}
SUITE(memcached_protocol);
