/* The same incident with real servers: behind the proxy, and by themselves. */
#include "command/cli.h"
#include "command/gobeansdb.h"
#include "command/proxy_fixture.h"
#include "command/story.h"
#include "suite.h"
#include "support/tree.h"

enum { SERVERS = 3 };

/* The server is built once, and lies in a folder of its own; NULL if it can't be. */
static char *built;

static void build_server(void)
{
    built = test_folder();
    if (gobeansdb_build(built))
        return;
    tree_remove(built, NULL);
    g_clear_pointer(&built, g_free);
}

static void remove_server(void)
{
    if (built != NULL)
        tree_remove(built, NULL);
    g_clear_pointer(&built, g_free);
}

struct cluster {
    struct gobeansdb servers[SERVERS];
    char *addresses;
};

/* Each server has the keys of its own group. */
static void cluster_start(struct cluster *cluster)
{
    char *addresses[SERVERS + 1] = {0};
    for (guint i = 0; i < SERVERS; i++) {
        gobeansdb_start(&cluster->servers[i], built, proxy_folder);
        addresses[i] = cluster->servers[i].address;
    }
    for (guint key = 1; key <= KEYS; key++) {
        g_autofree char *name = g_strdup_printf("user:%u", key);
        gobeansdb_set(&cluster->servers[group_of(key, SERVERS)], name, BYTES);
    }
    cluster->addresses = g_strjoinv(" ", addresses);
}

static void cluster_end(struct cluster *cluster)
{
    for (guint i = 0; i < SERVERS; i++)
        gobeansdb_end(&cluster->servers[i]);
    g_free(cluster->addresses);
}

/* C memory of all servers. */
static struct gobeansdb_memory cluster_memory(const struct cluster *cluster)
{
    struct gobeansdb_memory sum = {0};
    for (guint i = 0; i < SERVERS; i++) {
        struct gobeansdb_memory held = gobeansdb_memory(&cluster->servers[i]);
        sum.blocks += held.blocks;
        sum.bytes += held.bytes;
        sum.under_way += held.under_way;
    }
    return sum;
}

/* PROGRAM for PAGES rounds, with SETTINGS of sh before it. */
static struct outcome run_before(const struct cluster *cluster, const char *settings,
                                 const char *program)
{
    return outcome_read(story_type(TEST_ROOT, NULL, "YARD_SERVER='%s' %s %s/plain/%s --rounds %d",
                                   cluster->addresses, settings, TEST_BUILD, program, PAGES));
}

START_TEST(real_servers_behind_the_proxy)
{
    if (built == NULL)
        return;
    struct cluster cluster;
    cluster_start(&cluster);
    struct gobeansdb_memory before = cluster_memory(&cluster);

    struct outcome leaky = run_before(&cluster, "", "leaky/" CLOSURE);
    struct page page = predict(SERVERS);
    gint64 found = PAGES * page.found;
    ck_assert_int_eq(leaky.value, found * BYTES);
    ck_assert_int_eq(leaky.died, found);
    ck_assert_int_eq(leaky.born - leaky.died, found * (page.requests - 1));
    outcome_clear(&leaky);

    struct outcome fixed = run_before(&cluster, "", "fixed/" CLOSURE);
    ck_assert_int_eq(fixed.value, PAGES * KEYS * BYTES);
    ck_assert_int_eq(fixed.born, PAGES * KEYS);
    ck_assert_int_eq(fixed.died, PAGES * KEYS);
    outcome_clear(&fixed);

    /* None of it is the servers'. */
    ck_assert_int_eq(cluster_memory(&cluster).blocks, before.blocks);
    ck_assert_int_eq(cluster_memory(&cluster).under_way, 0);
    cluster_end(&cluster);
}
END_TEST

/* A page that names one key of each group twice: the sound proxy loses nothing, and its servers
 * one value each. */
START_TEST(a_proxy_that_names_a_key_twice_and_its_servers)
{
    if (built == NULL)
        return;
    struct cluster cluster;
    cluster_start(&cluster);
    g_autoptr(GString) request = g_string_new("getm");
    for (guint group = 0; group < SERVERS; group++) {
        guint key = 1;
        while (group_of(key, SERVERS) != group)
            key++;
        g_string_append_printf(request, " user:%u user:%u", key, key);
    }
    write_file(proxy_folder, "requests.log", request->str);
    g_autofree char *settings = g_strdup_printf("PROXY_REPLAY=%s/requests.log", proxy_folder);

    struct gobeansdb_memory before = cluster_memory(&cluster);
    struct outcome outcome = run_before(&cluster, settings, "fixed/" CLOSURE);
    ck_assert_int_eq(outcome.value, PAGES * SERVERS * BYTES);
    ck_assert_int_eq(outcome.born, PAGES * SERVERS);
    ck_assert_int_eq(outcome.died, PAGES * SERVERS);
    struct gobeansdb_memory after = cluster_memory(&cluster);
    ck_assert_int_eq(after.blocks - before.blocks, PAGES * SERVERS);
    ck_assert_int_eq(after.bytes - before.bytes, PAGES * SERVERS * BYTES);
    outcome_clear(&outcome);
    cluster_end(&cluster);
}
END_TEST

/* It gives back nothing before it is looked at: Go lets garbage come to 4 MiB. */
enum { SERVER_NOISE_KIB = 5 << 10 };

/* Asks SERVER two hundred times for KEYS of BYTES each, the answer being so many VALUES. */
static void ask_often(const struct gobeansdb *server, const char *keys, gsize values, gint64 lost)
{
    struct gobeansdb_memory before = gobeansdb_memory(server);
    gint64 kib = story_anonymous_kib(server->pid);
    for (int i = 0; i < 200; i++)
        ck_assert_uint_eq(gobeansdb_get(server, keys), values * LARGE);
    struct gobeansdb_memory after = gobeansdb_memory(server);
    ck_assert_int_eq(after.blocks - before.blocks, lost);
    ck_assert_int_eq(after.bytes - before.bytes, lost * LARGE);
    ck_assert_int_eq(after.under_way - before.under_way, lost); /* for ever, to nobody */
    check_kib(keys, story_anonymous_kib(server->pid) - kib, lost * LARGE, SERVER_NOISE_KIB);
}

START_TEST(the_server_by_itself)
{
    if (built == NULL)
        return;
    struct gobeansdb server;
    gobeansdb_start(&server, built, proxy_folder);
    gobeansdb_set(&server, "picture:1", LARGE);
    gobeansdb_set(&server, "picture:2", LARGE);
    ask_often(&server, "picture:1", 1, 0);
    ask_often(&server, "picture:1 picture:2", 2, 0);
    ask_often(&server, "picture:1 picture:1", 1, 200);
    ask_often(&server, "picture:1 picture:2 picture:1 picture:1", 2, 400);
    gobeansdb_end(&server);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("incident_000_servers");
    TCase *cases = tcase_create("incident_000_servers");
    if (!story_has("go", "incident 000") || !proxy_is_built())
        return suite;
    tcase_set_timeout(cases, 180);
    tcase_add_unchecked_fixture(cases, build_server, remove_server);
    tcase_add_checked_fixture(cases, proxy_set_up, proxy_tear_down);
    tcase_add_test(cases, real_servers_behind_the_proxy);
    tcase_add_test(cases, a_proxy_that_names_a_key_twice_and_its_servers);
    tcase_add_test(cases, the_server_by_itself);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
