#include "command/mock.h"

#include <arpa/inet.h>
#include <check.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static GPtrArray *words_of(const char *name, va_list list)
{
    GPtrArray *words = g_ptr_array_new();
    g_ptr_array_add(words, (char *)name);
    do
        g_ptr_array_add(words, va_arg(list, char *));
    while (words->pdata[words->len - 1] != NULL);
    return words;
}

void mock_run(struct cli *cli, const char *name, ...)
{
    va_list list;
    va_start(list, name);
    g_autofree char *path = g_build_filename(TEST_BUILD, "mocks", name, NULL);
    g_autoptr(GPtrArray) words = words_of(path, list);
    va_end(list);
    int status;
    ck_assert(g_spawn_sync("/", (char **)words->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &cli->out,
                           &cli->err, &status, NULL));
    cli->code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void mock_start_words(struct mock *mock, char *const *words)
{
    ck_assert(g_spawn_async_with_pipes("/", (char **)words, NULL,
                                       G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, NULL, NULL,
                                       &mock->pid, &mock->in, &mock->out, &mock->err, NULL));
    g_autofree char *line = mock_line(mock->out);
    mock->addresses = g_strsplit(line, " ", -1);
}

void mock_start(struct mock *mock, const char *name, ...)
{
    va_list list;
    va_start(list, name);
    g_autofree char *path = g_build_filename(TEST_BUILD, "mocks", name, NULL);
    g_autoptr(GPtrArray) words = words_of(path, list);
    va_end(list);
    mock_start_words(mock, (char *const *)words->pdata);
}

int mock_end(struct mock *mock, int signal, char **said)
{
    if (signal != 0)
        ck_assert_int_eq(kill(mock->pid, signal), 0);
    g_autoptr(GByteArray) bytes = mock_receive(mock->err, G_MAXSIZE);
    g_byte_array_append(bytes, (const guint8 *)"", 1);
    if (said != NULL)
        *said = g_strdup((const char *)bytes->data);
    int code = cli_wait(mock->pid);
    close(mock->in);
    close(mock->out);
    close(mock->err);
    g_strfreev(mock->addresses);
    return code;
}

int mock_connect(const char *address)
{
    const char *colon = address ? strchr(address, ':') : NULL;
    ck_assert_msg(colon != NULL, "'%s' is no address", address ? address : "");
    g_autofree char *host = g_strndup(address, (gsize)(colon - address));
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((guint16)atoi(colon + 1))};
    ck_assert_int_eq(inet_pton(AF_INET, host, &to.sin_addr), 1);
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(connection, (struct sockaddr *)&to, sizeof to) == 0)
        return connection;
    close(connection);
    return -1;
}

void mock_send(int connection, const void *bytes, gsize length)
{
    for (gsize sent = 0; sent < length;) {
        ssize_t more = send(connection, (const char *)bytes + sent, length - sent, MSG_NOSIGNAL);
        ck_assert_int_gt(more, 0);
        sent += (gsize)more;
    }
}

GByteArray *mock_receive(int connection, gsize length)
{
    GByteArray *bytes = g_byte_array_new();
    guint8 buffer[1 << 16];
    ssize_t more = 1;
    while (bytes->len < length && more > 0) {
        more = read(connection, buffer, MIN(sizeof buffer, length - bytes->len));
        ck_assert_int_ge(more, 0);
        g_byte_array_append(bytes, buffer, (guint)more);
    }
    return bytes;
}

char *mock_line(int file)
{
    GString *line = g_string_new(NULL);
    char letter;
    while (read(file, &letter, 1) == 1 && letter != '\n')
        if (letter != '\r')
            g_string_append_c(line, letter);
    return g_string_free(line, FALSE);
}

char *mock_ask(const char *address, const char *text)
{
    int connection = mock_connect(address);
    ck_assert_int_ge(connection, 0);
    mock_send(connection, text, strlen(text));
    shutdown(connection, SHUT_WR);
    g_autoptr(GByteArray) answer = mock_receive(connection, G_MAXSIZE);
    close(connection);
    g_byte_array_append(answer, (const guint8 *)"", 1);
    return (char *)g_byte_array_free(g_steal_pointer(&answer), FALSE);
}

void mock_start_checked(struct mock *mock, char *const *arguments)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    static const char *const valgrind[] = {"valgrind",
                                           "-q",
                                           "--vgdb=no",
                                           "--leak-check=full",
                                           "--error-exitcode=99",
                                           "--show-leak-kinds=definite,"
                                           "indirect,possible",
                                           "--errors-for-leak-kinds=definite,"
                                           "indirect,possible"};
    for (gsize i = 0; i < G_N_ELEMENTS(valgrind); i++)
        g_ptr_array_add(words, (char *)valgrind[i]);
    for (; *arguments != NULL; arguments++)
        g_ptr_array_add(words, *arguments);
    g_ptr_array_add(words, NULL);
    mock_start_words(mock, (char *const *)words->pdata);
}

void mock_end_checked(struct mock *mock)
{
    g_autofree char *said = NULL;
    int code = mock_end(mock, SIGTERM, &said);
    ck_assert_msg(code == 0, "exit %d:\n%s", code, said);
}
