#include "schema/text_place.h"

#include <stdarg.h>
#include <string.h>

#include "support/failure.h"

#define PROTOC_TAB 8

struct token {
    gsize start, end;
};

static bool is_word(char letter)
{
    return g_ascii_isalnum(letter) || letter == '_';
}

static gsize string_end(const char *text, gsize start)
{
    gsize i = start + 1;
    while (text[i] != '\0' && text[i] != '\n' && text[i] != text[start])
        i += text[i] == '\\' && text[i + 1] != '\0' ? 2 : 1;
    return text[i] == text[start] ? i + 1 : i;
}

/* The token that begins at or after OFFSET; false at the end. */
static bool next_token(const char *text, gsize offset, struct token *token)
{
    for (;;) {
        offset += strspn(text + offset, " \t\r\n\v\f");
        if (text[offset] != '#')
            break;
        offset += strcspn(text + offset, "\n");
    }
    token->start = token->end = offset;
    if (text[offset] == '\0')
        return false;
    if (text[offset] == '"' || text[offset] == '\'')
        token->end = string_end(text, offset);
    else if (!is_word(text[offset]))
        token->end = offset + 1;
    else
        while (is_word(text[token->end]))
            token->end++;
    return true;
}

static bool token_is(const char *text, const struct token *token, const char *word)
{
    gsize length = strlen(word);
    return token->end - token->start == length && memcmp(text + token->start, word, length) == 0;
}

static bool is_string(const char *text, const struct token *token, const char *value)
{
    return (text[token->start] == '"' || text[token->start] == '\'') &&
           token->end - token->start == strlen(value) + 2 &&
           memcmp(text + token->start + 1, value, strlen(value)) == 0;
}

/* Is this word a field's name, not a value? */
static bool names_field(const char *text, const struct token *token)
{
    struct token next;
    return next_token(text, token->end, &next) && strchr(":{<", text[next.start]) != NULL;
}

static gsize place_find(const char *text, const struct text_place *place)
{
    guint seen = 0;
    bool in_field = false;
    struct token token = {0};
    for (gsize offset = 0; place->field && next_token(text, offset, &token); offset = token.end) {
        bool name = is_word(text[token.start]) && names_field(text, &token);
        if (name)
            in_field = token_is(text, &token, place->field);
        bool here =
            place->value ? in_field && is_string(text, &token, place->value) : in_field && name;
        if (here && seen++ == place->nth)
            return token.start;
    }
    return 0;
}

bool text_fail_at(GError **error, const char *path, const char *text, gsize offset,
                  const char *message)
{
    guint line = 1, column = 1;
    for (gsize i = 0; i < offset; i++) {
        column = text[i] == '\n' ? 1 : column + 1;
        line += text[i] == '\n';
    }
    return fail(error, EXIT_USAGE, "%s:%u:%u: %s", path, line, column, message);
}

bool text_fail(GError **error, const char *path, const char *text, const struct text_place *place,
               const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return text_fail_at(error, path, text, place_find(text, place), message);
}

gsize text_offset(const char *text, guint line, guint column)
{
    gsize offset = 0;
    for (guint i = 1; i < line && text[offset] != '\0'; offset++)
        i += text[offset] == '\n';
    for (guint i = 0; i + 1 < column && text[offset] != '\0' && text[offset] != '\n'; offset++)
        i = text[offset] == '\t' ? i + PROTOC_TAB - i % PROTOC_TAB : i + 1;
    return offset;
}

gsize text_token_before(const char *text, gsize before, const char *word)
{
    gsize found = before;
    struct token token;
    for (gsize offset = 0; next_token(text, offset, &token) && token.end <= before;
         offset = token.end)
        if (token_is(text, &token, word) || is_string(text, &token, word))
            found = token.start;
    return found;
}
