#include "command/gobeansdb.h"

#include <arpa/inet.h>
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "command/cli.h"
#include "command/mock.h"
#include "command/story.h"

bool gobeansdb_build(const char *folder)
{
    int code;
    g_autofree char *said =
        story_type(TEST_ROOT "/scenarios", &code,
                   "export GOCACHE=%s/go-cache GOFLAGS= GOPROXY=off GOTOOLCHAIN=local\n"
                   "go list github.com/douban/gobeansdb",
                   TEST_BUILD);
    if (code != 0) {
        fprintf(stderr, "not checked: real servers of gobeansdb (%s)\n", g_strstrip(said));
        return false;
    }
    g_free(story_type(TEST_ROOT "/scenarios", NULL,
                      "export GOCACHE=%s/go-cache GOFLAGS= GOPROXY=off GOTOOLCHAIN=local\n"
                      "go build -trimpath -buildvcs=false -o %s/ github.com/douban/gobeansdb",
                      TEST_BUILD, folder));
    return true;
}

/* ---- Its start and its end ---- */

/* The server can be given a port, and does not tell which one it took by itself. As long as
 * this one is bound nobody else gets it; whoever asks for it by its number does, since nobody
 * listens there. Returns the socket, to be closed. */
static int reserve_port(guint *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof at;
    int holder = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
    ck_assert_int_eq(setsockopt(holder, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), 0);
    ck_assert_int_eq(bind(holder, (struct sockaddr *)&at, length), 0);
    ck_assert_int_eq(getsockname(holder, (struct sockaddr *)&at, &length), 0);
    *port = ntohs(at.sin_port);
    return holder;
}

/* Its home, which has its settings too. Free with g_free. */
static char *furnish(const char *folder, guint port, guint web)
{
    char *home = g_strdup_printf("%s/home-%u", folder, port);
    g_autofree char *settings = g_strdup_printf(
        "server: {hostname: 127.0.0.1, listen: 127.0.0.1, port: %u, webport: %u,\n"
        "  errorlog: %s/errors, analysislog: %s/analysis}\n"
        "hstore: {local: {home: %s}, data: {flush_interval: 60, flush_wake_str: 10M},\n"
        "  hint: {hint_split_cap_str: 1K}}\n",
        port, web, home, home, home);
    g_autofree char *routes = g_strdup_printf("numbucket: 16\n"
                                              "main: [{addr: '127.0.0.1:%u', buckets: [0, 1, 2, 3, "
                                              "4, 5, 6, 7, 8, 9, a, b, c, d, e, f]}]\n",
                                              port);
    write_file(home, "global.yaml", settings);
    write_file(home, "route.yaml", routes);
    return home;
}

static void await_readiness(const struct gobeansdb *server)
{
    g_autofree char *line = NULL;
    do {
        g_free(line);
        line = mock_line(server->said);
        ck_assert_msg(*line != '\0', "gobeansdb ended before it was ready");
    } while (!g_str_has_suffix(line, " ready"));
}

void gobeansdb_start(struct gobeansdb *server, const char *built, const char *folder)
{
    guint port, web;
    int port_holder = reserve_port(&port), web_holder = reserve_port(&web);
    g_autofree char *home = furnish(folder, port, web);
    g_autofree char *program = g_build_filename(built, "gobeansdb", NULL);
    char *argv[] = {program, (char *)"-confdir", home, NULL};
    ck_assert(g_spawn_async_with_pipes(home, argv, NULL,
                                       G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                                       NULL, &server->pid, NULL, NULL, &server->said, NULL));
    await_readiness(server);
    close(port_holder);
    close(web_holder);
    server->address = g_strdup_printf("127.0.0.1:%u", port);
    server->web = g_strdup_printf("127.0.0.1:%u", web);
    server->connection = mock_connect(server->address);
    ck_assert_int_ge(server->connection, 0);
}

void gobeansdb_end(struct gobeansdb *server)
{
    ck_assert_int_eq(kill(server->pid, SIGKILL), 0); /* its home is the test's: nothing to save */
    cli_wait(server->pid);
    close(server->connection);
    close(server->said);
    g_free(server->address);
    g_free(server->web);
}

/* ---- What a client asks ---- */

void gobeansdb_set(const struct gobeansdb *server, const char *key, gsize length)
{
    g_autofree char *line = g_strdup_printf("set %s 0 0 %zu\r\n", key, length);
    g_autofree guint8 *noise = g_malloc(length);
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    for (gsize i = 0; i < length; i++)
        noise[i] = (guint8)g_rand_int(random);
    mock_send(server->connection, line, strlen(line));
    mock_send(server->connection, noise, length);
    mock_send(server->connection, "\r\n", 2);
    g_autofree char *answer = mock_line(server->connection);
    ck_assert_str_eq(answer, "STORED");
}

gsize gobeansdb_get(const struct gobeansdb *server, const char *keys)
{
    gsize bytes = 0;
    /* In one piece: the kernel holds back a second one until the first is acknowledged. */
    g_autofree char *request = g_strdup_printf("get %s\r\n", keys);
    mock_send(server->connection, request, strlen(request));
    for (;;) {
        g_autofree char *line = mock_line(server->connection);
        if (strcmp(line, "END") == 0)
            return bytes;
        gsize length = (gsize)story_number(line, "^VALUE \\S+ 0 ([0-9]+)$");
        g_byte_array_unref(mock_receive(server->connection, length + strlen("\r\n")));
        bytes += length;
    }
}

/* COUNTER of the resource limiter NAME. */
static gint64 limiter(json_t *buffers, const char *name, const char *counter)
{
    json_t *value = json_object_get(json_object_get(buffers, name), counter);
    ck_assert_msg(json_is_integer(value), "no %s of %s", counter, name);
    return json_integer_value(value);
}

struct gobeansdb_memory gobeansdb_memory(const struct gobeansdb *server)
{
    g_autofree char *answer = mock_ask(server->web, "GET /buffers HTTP/1.0\r\n\r\n");
    const char *object = strchr(answer, '{');
    ck_assert_msg(object != NULL, "%s", answer);
    json_t *buffers = json_of(object);
    struct gobeansdb_memory held = {
        .blocks = limiter(buffers, "AllocRL", "Count"),
        .bytes = limiter(buffers, "AllocRL", "Size"),
        .under_way = limiter(buffers, "GetData", "Count"),
    };
    json_decref(buffers);
    return held;
}
