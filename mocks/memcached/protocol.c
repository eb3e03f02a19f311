#include "memcached/protocol.h"

#include <string.h>

static const char no_command[] = "ERROR";
static const char bad_format[] = "CLIENT_ERROR bad command line format";
static const char bad_delta[] = "CLIENT_ERROR invalid numeric delta argument";
static const char bad_data[] = "CLIENT_ERROR bad data chunk";
static const char long_line[] = "CLIENT_ERROR line too long";
static const char too_large[] = "SERVER_ERROR object too large for cache";

/* How each command's line goes on. */
static const struct command {
    const char *name;
    enum memcached_verb verb;
    guint least, most; /* words after the name, noreply not counted */
    bool noreply;      /* may it end so? */
    bool data;         /* does a value follow, KEY FLAGS EXPIRES BYTES before it? */
    bool keys;         /* are all the other words keys? */
} commands[] = {
    {"get", MEMCACHED_GET, 1, G_MAXUINT, false, false, true},
    {"gets", MEMCACHED_GETS, 1, G_MAXUINT, false, false, true},
    {"set", MEMCACHED_SET, 4, 4, true, true, false},
    {"add", MEMCACHED_ADD, 4, 4, true, true, false},
    {"replace", MEMCACHED_REPLACE, 4, 4, true, true, false},
    {"cas", MEMCACHED_CAS, 5, 5, true, true, false},
    {"delete", MEMCACHED_DELETE, 1, 1, true, false, false},
    {"incr", MEMCACHED_INCR, 2, 2, true, false, false},
    {"decr", MEMCACHED_DECR, 2, 2, true, false, false},
    {"stats", MEMCACHED_STATS, 0, G_MAXUINT, false, false, false},
    {"version", MEMCACHED_VERSION, 0, 0, false, false, false},
    {"verbosity", MEMCACHED_VERBOSITY, 1, 1, true, false, false},
    {"flush_all", MEMCACHED_FLUSH_ALL, 0, 1, true, false, false},
    {"quit", MEMCACHED_QUIT, 0, 0, false, false, false},
};

static bool has_key(enum memcached_verb verb)
{
    return verb <= MEMCACHED_DECR;
}

static bool number(const char *word, guint64 most, guint64 *value)
{
    return g_ascii_string_to_unsigned(word, 10, 0, most, value, NULL);
}

/* The words between blanks. */
static GPtrArray *split(const char *line, gsize length)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    for (const char *end = line + length; line < end;) {
        const char *blank = memchr(line, ' ', (gsize)(end - line));
        const char *stop = blank ? blank : end;
        if (stop > line)
            g_ptr_array_add(words, g_strndup(line, (gsize)(stop - line)));
        line = stop + 1;
    }
    return words;
}

static const struct command *find_command(const GPtrArray *words)
{
    for (gsize i = 0; words->len > 0 && i < G_N_ELEMENTS(commands); i++)
        if (strcmp(words->pdata[0], commands[i].name) == 0)
            return &commands[i];
    return NULL;
}

/* A key has no control characters; blanks it can't have. */
static bool is_key(const char *word)
{
    gsize length = strlen(word);
    for (gsize i = 0; i < length; i++)
        if (g_ascii_iscntrl(word[i]))
            return false;
    return length <= MEMCACHED_LONGEST_KEY;
}

/* KEY FLAGS EXPIRES BYTES [UNIQUE]. */
static bool take_numbers(struct memcached_request *request)
{
    char **words = (char **)request->words->pdata;
    guint64 flags, length;
    if (!number(words[1], G_MAXUINT32, &flags) ||
        !g_ascii_string_to_signed(words[2], 10, G_MININT64, G_MAXINT64, &request->expires, NULL) ||
        !number(words[3], G_MAXINT32, &length))
        return false;
    request->flags = (guint32)flags;
    request->data_length = length;
    return request->verb != MEMCACHED_CAS || number(words[4], G_MAXUINT64, &request->unique);
}

/* Why the words can't be COMMAND's; NULL if they can. Leaves the keys. */
static const char *take_words(struct memcached_request *request, const struct command *command)
{
    GPtrArray *words = request->words;
    g_ptr_array_remove_index(words, 0);
    request->noreply =
        command->noreply && words->len > 0 && strcmp(words->pdata[words->len - 1], "noreply") == 0;
    if (request->noreply)
        g_ptr_array_set_size(words, (gint)words->len - 1);
    if (words->len < command->least || words->len > command->most)
        return no_command;
    guint keys = command->keys ? words->len : has_key(command->verb) ? 1 : 0;
    for (guint i = 0; i < keys; i++)
        if (!is_key(words->pdata[i]))
            return bad_format;
    if (command->data && !take_numbers(request))
        return bad_format;
    if ((command->verb == MEMCACHED_INCR || command->verb == MEMCACHED_DECR) &&
        !number(words->pdata[1], G_MAXUINT64, &request->delta))
        return bad_delta;
    if (keys > 0)
        g_ptr_array_set_size(words, (gint)keys);
    return NULL;
}

/* The value after a line that ends at SIZE. */
static enum memcached_step take_data(const char *bytes, gsize length,
                                     struct memcached_request *request, gsize *size)
{
    gsize line = *size;
    *size = line + request->data_length + strlen("\r\n");
    if (request->data_length > MEMCACHED_LARGEST_VALUE) {
        request->refusal = too_large;
        return MEMCACHED_REFUSED;
    }
    if (length < *size)
        return MEMCACHED_INCOMPLETE;
    request->data = bytes + line;
    if (memcmp(request->data + request->data_length, "\r\n", 2) == 0)
        return MEMCACHED_REQUEST;
    request->refusal = bad_data;
    return MEMCACHED_REFUSED;
}

static enum memcached_step take_line(const char *bytes, gsize line, gsize length,
                                     struct memcached_request *request, gsize *size)
{
    request->words = split(bytes, line);
    const struct command *command = find_command(request->words);
    request->refusal = no_command;
    if (command == NULL || memchr(bytes, '\0', line) != NULL)
        return MEMCACHED_REFUSED;
    request->verb = command->verb;
    request->refusal = take_words(request, command);
    if (request->refusal != NULL)
        return MEMCACHED_REFUSED;
    return command->data ? take_data(bytes, length, request, size) : MEMCACHED_REQUEST;
}

enum memcached_step memcached_parse(const char *bytes, gsize length,
                                    struct memcached_request *request, gsize *size)
{
    *request = (struct memcached_request){0};
    const char *end = memchr(bytes, '\n', MIN(length, MEMCACHED_LONGEST_LINE));
    if (end == NULL && length < MEMCACHED_LONGEST_LINE) {
        *size = length + 1;
        return MEMCACHED_INCOMPLETE;
    }
    if (end == NULL) {
        *size = length;
        request->refusal = long_line;
        return MEMCACHED_HOPELESS;
    }
    gsize line = (gsize)(end - bytes);
    *size = line + 1;
    if (line > 0 && bytes[line - 1] == '\r')
        line--;
    enum memcached_step step = take_line(bytes, line, length, request, size);
    if (step != MEMCACHED_REQUEST)
        memcached_clear(request);
    return step;
}

void memcached_clear(struct memcached_request *request)
{
    g_clear_pointer(&request->words, g_ptr_array_unref);
}

char *memcached_value_line(const char *key, guint32 flags, gsize length, const guint64 *unique)
{
    g_autofree char *number = unique ? g_strdup_printf(" %" G_GUINT64_FORMAT, *unique) : NULL;
    return g_strdup_printf("VALUE %s %u %" G_GSIZE_FORMAT "%s\r\n", key, flags, length,
                           number ? number : "");
}
