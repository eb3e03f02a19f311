#include "catalog/source.h"

#include <string.h>

static void blank(char *code, gsize start, gsize end)
{
    for (gsize i = start; i < end; i++)
        if (code[i] != '\n')
            code[i] = ' ';
}

static gsize comment_end(const char *text, gsize start)
{
    if (text[start + 1] == '/')
        return start + strcspn(text + start, "\n");
    const char *closer = strstr(text + start + 2, "*/");
    return closer ? (gsize)(closer + 2 - text) : strlen(text);
}

/* Past the closing quote; a literal that is never closed ends with its line. */
static gsize literal_end(const char *text, gsize start)
{
    char quote = text[start];
    gsize i = start + 1;
    while (text[i] != '\0' && text[i] != quote) {
        if (text[i] == '\n' && quote != '`')
            return i;
        i += text[i] == '\\' && quote != '`' && text[i + 1] != '\0' ? 2 : 1;
    }
    return text[i] == quote ? i + 1 : i;
}

/* A copy of TEXT, offset for offset, with comments and literals blanked. */
static char *code_of(const char *text, bool go, GArray *comments)
{
    char *code = g_strdup(text);
    const char *openers = go ? "/\"'`" : "/\"'";
    for (gsize i = strcspn(text, openers), end; text[i] != '\0';
         i = end + strcspn(text + end, openers)) {
        end = i + 1;
        if (text[i] == '/' && (text[i + 1] == '/' || text[i + 1] == '*')) {
            end = comment_end(text, i);
            struct comment comment = {i, end};
            g_array_append_val(comments, comment);
            blank(code, i, end);
        } else if (text[i] != '/') {
            end = literal_end(text, i);
            blank(code, i, end);
        }
    }
    return code;
}

static bool is_word(char letter)
{
    return g_ascii_isalnum(letter) || letter == '_';
}

/* The identifier that ends before END (spaces apart), or "". */
static char *word_before(const char *text, gsize end)
{
    while (end > 0 && g_ascii_isspace(text[end - 1]))
        end--;
    gsize start = end;
    while (start > 0 && is_word(text[start - 1]))
        start--;
    return g_strndup(text + start, end - start);
}

/* The function that HEAD declares, all before its brace: the word before the last
 * outer parenthesis, attributes apart. NULL if it is no function's head. */
static char *c_function(const char *head)
{
    g_autofree char *name = NULL;
    int depth = 0;
    for (gsize i = 0; head[i] != '\0'; i++) {
        if (head[i] == '=' && depth == 0)
            return NULL;
        if (head[i] == ')')
            depth--;
        if (head[i] != '(' || depth++ > 0)
            continue;
        g_autofree char *word = word_before(head, i);
        if (strcmp(word, "__attribute__") != 0 && strcmp(word, "_Alignas") != 0) {
            g_free(name);
            name = g_steal_pointer(&word);
        }
    }
    return g_steal_pointer(&name);
}

/* "func (t *table[K]) put[V any](…" is "put". */
static char *go_function(const char *head)
{
    const char *name = head + strlen("func ");
    if (*name == '(') {
        const char *receiver_end = strchr(name, ')');
        name = receiver_end ? receiver_end + 1 : name;
    }
    name += strspn(name, " ");
    gsize length = 0;
    while (is_word(name[length]) || (guchar)name[length] >= 0x80)
        length++;
    return g_strndup(name, length);
}

/* What stands at column 0 and is not yet closed. */
struct open_chunk {
    GString *head; /* up to the first brace */
    guint first;
    int depth; /* of braces */
    bool body; /* the first brace was seen */
    bool go;
};

static void chunk_reset(struct open_chunk *chunk)
{
    g_string_truncate(chunk->head, 0);
    chunk->first = 0;
    chunk->depth = 0;
    chunk->body = false;
}

static void chunk_close(struct open_chunk *chunk, guint last, GPtrArray *extents)
{
    char *function = chunk->go ? go_function(chunk->head->str) : c_function(chunk->head->str);
    if (function != NULL) {
        struct extent *extent = g_new(struct extent, 1);
        *extent = (struct extent){function, chunk->first, last};
        g_ptr_array_add(extents, extent);
    }
    chunk_reset(chunk);
}

static bool chunk_is_function(const struct open_chunk *chunk)
{
    g_autofree char *function = chunk->go ? g_strdup("") : c_function(chunk->head->str);
    return function != NULL;
}

static void chunk_add(struct open_chunk *chunk, const char *line)
{
    gsize before = chunk->body ? 0 : strcspn(line, "{");
    if (!chunk->body) {
        g_string_append_len(chunk->head, line, before);
        g_string_append_c(chunk->head, ' ');
        chunk->body = line[before] == '{';
    }
    for (const char *i = line + before; *i != '\0'; i++)
        chunk->depth += (*i == '{') - (*i == '}');
}

/* A function ends with a brace at column 0: braces within it may not balance, for
 * the preprocessor's sake. One on a single line, and all else, ends where they do. */
static bool chunk_ends(const struct open_chunk *chunk, const char *line, guint number)
{
    if (!chunk->body || chunk->depth > 0)
        return chunk->body && *line == '}';
    return *line == '}' || !chunk_is_function(chunk) ||
           (number == chunk->first && g_str_has_suffix(line, "}"));
}

/* An empty line between a head's lines means that it was none: a lone macro. */
static bool chunk_is_over(const struct open_chunk *chunk, const char *line)
{
    int depth = 0;
    for (const char *i = chunk->head->str; *i != '\0'; i++)
        depth += (*i == '(') - (*i == ')');
    return !chunk->body && (g_str_has_suffix(line, ";") || (*line == '\0' && depth == 0));
}

static bool opens_chunk(const char *line, bool go)
{
    return go ? g_str_has_prefix(line, "func ") : is_word(*line);
}

static void take_line(struct open_chunk *chunk, const char *line, guint number, GPtrArray *extents)
{
    if (chunk->first == 0) {
        if (!opens_chunk(line, chunk->go))
            return;
        chunk->first = number;
    }
    chunk_add(chunk, line);
    if (chunk_ends(chunk, line, number))
        chunk_close(chunk, number, extents);
    else if (chunk_is_over(chunk, line))
        chunk_reset(chunk);
}

/* Appends the functions of CODE, whose first line is number FIRST of the file. */
static void find_extents(const char *code, bool go, guint first, GPtrArray *extents)
{
    g_auto(GStrv) lines = g_strsplit(code, "\n", -1);
    struct open_chunk chunk = {.head = g_string_new(NULL), .go = go};
    bool directive = false;
    for (guint i = 0; lines[i] != NULL; i++) {
        g_strchomp(lines[i]);
        directive = !go && (directive || *lines[i] == '#');
        if (!directive)
            take_line(&chunk, lines[i], first + i, extents);
        directive = directive && g_str_has_suffix(lines[i], "\\");
    }
    g_string_free(chunk.head, true);
}

static bool is_preamble(const char *text, const struct comment *comment)
{
    const char *after = text + comment->end;
    return text[comment->start + 1] == '*' &&
           g_str_has_prefix(after + strspn(after, " \t\r\n"), "import \"C\"");
}

/* The comment before `import "C"` is C. */
static void scan_preamble(struct source *source, const char *text, const struct comment *preamble)
{
    gsize start = preamble->start + 2;
    g_autofree char *inner = g_strndup(text + start, preamble->end - 2 - start);
    g_autoptr(GArray) comments = g_array_new(false, false, sizeof(struct comment));
    g_autofree char *code = code_of(inner, false, comments);
    find_extents(code, false, source_line(text, start), source->extents);
    for (guint i = 0; i < comments->len; i++) {
        struct comment comment = g_array_index(comments, struct comment, i);
        comment.start += start;
        comment.end += start;
        g_array_append_val(source->comments, comment);
    }
}

static void extent_free(gpointer data)
{
    struct extent *extent = data;
    g_free(extent->function);
    g_free(extent);
}

static gint by_first(gconstpointer a, gconstpointer b)
{
    const struct extent *const *first = a, *const *second = b;
    return (gint)(*first)->first - (gint)(*second)->first;
}

static gint by_start(gconstpointer a, gconstpointer b)
{
    const struct comment *first = a, *second = b;
    return (first->start > second->start) - (first->start < second->start);
}

void source_scan(struct source *source, const char *text, bool go)
{
    source->comments = g_array_new(false, false, sizeof(struct comment));
    source->extents = g_ptr_array_new_with_free_func(extent_free);
    g_autofree char *code = code_of(text, go, source->comments);
    find_extents(code, go, 1, source->extents);
    guint outer = go ? source->comments->len : 0;
    for (guint i = 0; i < outer; i++) {
        struct comment comment = g_array_index(source->comments, struct comment, i);
        if (is_preamble(text, &comment))
            scan_preamble(source, text, &comment);
    }
    g_array_sort(source->comments, by_start);
    g_ptr_array_sort(source->extents, by_first);
}

void source_clear(struct source *source)
{
    g_array_unref(source->comments);
    g_ptr_array_unref(source->extents);
}

const struct extent *source_function(const struct source *source, guint line)
{
    for (guint i = 0; i < source->extents->len; i++) {
        const struct extent *extent = g_ptr_array_index(source->extents, i);
        if (extent->first <= line && line <= extent->last)
            return extent;
    }
    return NULL;
}

guint source_line(const char *text, gsize offset)
{
    guint line = 1;
    for (gsize i = 0; i < offset; i++)
        line += text[i] == '\n';
    return line;
}
