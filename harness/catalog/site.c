#include "catalog/site.h"

#include <string.h>

#include "catalog/source.h"
#include "schema/words.h"
#include "support/failure.h"

static const char *const marker_words[] = {
    [MARKER_ALLOC] = "ALLOC", [MARKER_LEAK] = "LEAK", [MARKER_FIX] = "FIX"};

const char *marker_word(enum marker marker)
{
    return marker_words[marker];
}

static void site_free(gpointer data)
{
    struct site *site = data;
    g_free(site->file);
    g_free(site->function);
    g_free(site->text);
    g_free(site);
}

/* Finds the marker that TEXT, what follows a comment's opener, begins with. The
 * build blanks exactly these, so that no detector reads the truth. */
static bool marker_parse(const char *text, enum marker *marker, const char **rest)
{
    text += strspn(text, " ");
    for (guint i = 0; i < G_N_ELEMENTS(marker_words); i++) {
        if (!g_str_has_prefix(text, marker_words[i]))
            continue;
        *rest = text + strlen(marker_words[i]);
        *marker = i;
        return !g_ascii_isalnum(**rest) && **rest != '_';
    }
    return false;
}

/* A file being read, and where its sites go. */
struct reading {
    const char *path, *name; /* where it is, and as built */
    sites_t *sites;
};

static void add_site(struct reading *reading, enum marker marker, guint line, const char *rest,
                     const struct extent *function)
{
    struct site *site = g_new0(struct site, 1);
    g_autofree char *text = g_strdup(*rest == ':' ? rest + 1 : rest);
    site->file = g_strdup(reading->name);
    site->function = g_strdup(function ? function->function : "");
    site->text = g_strdup(g_strstrip(text));
    site->line = line;
    site->first = function ? function->first : line;
    site->last = function ? function->last : line;
    site->marker = marker;
    g_ptr_array_add(reading->sites->sites, site);
}

static bool take_comment(struct reading *reading, const struct source *source, const char *text,
                         const struct comment *comment, GError **error)
{
    g_autofree char *inner =
        g_strndup(text + comment->start + 2, comment->end - comment->start - 2);
    if (text[comment->start + 1] == '*' && g_str_has_suffix(inner, "*/"))
        inner[strlen(inner) - 2] = '\0';
    enum marker marker;
    const char *rest;
    if (!marker_parse(inner, &marker, &rest))
        return true;
    guint line = source_line(text, comment->start);
    if (strpbrk(inner, "\n*") != NULL)
        return fail(error, EXIT_USAGE,
                    "%s:%u: the %s marker %s; write it as one comment on one line", reading->path,
                    line, marker_words[marker],
                    strchr(inner, '\n') ? "runs over the end of the line" : "has a '*' in it");
    add_site(reading, marker, line, rest, source_function(source, line));
    return true;
}

static bool read_source(struct reading *reading, const char *text, GError **error)
{
    struct source source;
    source_scan(&source, text, g_str_has_suffix(reading->path, ".go"));
    bool sound = true;
    for (guint i = 0; sound && i < source.comments->len; i++)
        sound = take_comment(reading, &source, text,
                             &g_array_index(source.comments, struct comment, i), error);
    source_clear(&source);
    return sound;
}

/* In a build.mk a marker is `# LEAK: why`, where settings make the difference. */
static void read_settings(struct reading *reading, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        const char *comment = strchr(lines[i], '#');
        enum marker marker;
        const char *rest;
        if (comment != NULL && marker_parse(comment + 1, &marker, &rest))
            add_site(reading, marker, i + 1, rest, NULL);
    }
}

static bool is_source(const char *name)
{
    return g_str_has_suffix(name, ".c") || g_str_has_suffix(name, ".h") ||
           g_str_has_suffix(name, ".go");
}

/* What the build makes of a file: leaky.c and fixed.c are both variant.c. NULL if
 * it belongs to another variant. Free with g_free. */
static char *name_as_built(const char *file, Yard__Variant variant)
{
    g_autofree char *stem = g_strndup(file, strcspn(file, "."));
    int found;
    if (!word_parse(&yard__variant__descriptor, stem, &found, NULL))
        return g_strdup(file);
    const char *suffix = file + strlen(stem);
    bool built = strcmp(suffix, ".c") == 0 || strcmp(suffix, ".go") == 0;
    return built && (Yard__Variant)found == variant ? g_strconcat("variant", suffix, NULL) : NULL;
}

static bool read_file(sites_t *sites, const char *path, const char *file, Yard__Variant variant,
                      GError **error)
{
    bool settings = strcmp(file, "build.mk") == 0;
    g_autofree char *name = settings || is_source(file) ? name_as_built(file, variant) : NULL;
    if (name == NULL)
        return true;
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &text, NULL, &cause))
        return fail(error, EXIT_INFRASTRUCTURE, "cannot read a source: %s", cause->message);
    struct reading reading = {path, name, sites};
    if (settings) {
        read_settings(&reading, text);
        return true;
    }
    g_ptr_array_add(sites->files, g_strdup(name));
    return read_source(&reading, text, error);
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names in FOLDER, sorted; without links to folders, which might lead back. */
static GPtrArray *names_in(const char *folder, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GDir) directory = g_dir_open(folder, 0, &cause);
    if (directory == NULL) {
        fail(error, EXIT_USAGE, "cannot read a scenario's folder: %s", cause->message);
        return NULL;
    }
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(directory)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (!g_file_test(path, G_FILE_TEST_IS_SYMLINK) || !g_file_test(path, G_FILE_TEST_IS_DIR))
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, by_text);
    return names;
}

/* BELOW is FOLDER's path in the scenario: "" or "old/". */
static bool read_folder(sites_t *sites, const char *folder, const char *below,
                        Yard__Variant variant, GError **error)
{
    g_autoptr(GPtrArray) names = names_in(folder, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *file = g_strconcat(below, name, NULL);
        g_autofree char *deeper = g_strconcat(file, "/", NULL);
        bool sound = g_file_test(path, G_FILE_TEST_IS_DIR)
                         ? read_folder(sites, path, deeper, variant, error)
                         : read_file(sites, path, file, variant, error);
        if (!sound)
            return false;
    }
    return true;
}

sites_t *sites_read(const char *folder, Yard__Variant variant, GError **error)
{
    g_autoptr(sites_t) sites = g_new0(sites_t, 1);
    sites->sites = g_ptr_array_new_with_free_func(site_free);
    sites->files = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *absolute = g_canonicalize_filename(folder, NULL);
    sites->name = g_path_get_basename(absolute);
    return read_folder(sites, folder, "", variant, error) ? g_steal_pointer(&sites) : NULL;
}

void sites_free(sites_t *sites)
{
    if (sites == NULL)
        return;
    g_ptr_array_unref(sites->sites);
    g_ptr_array_unref(sites->files);
    g_clear_pointer(&sites->upstream, g_ptr_array_unref);
    g_free(sites->name);
    g_free(sites->stubs);
    g_free(sites);
}

void sites_add_upstream(sites_t *sites, const Yard__Scenario *scenario)
{
    sites->upstream = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < scenario->n_upstream; i++)
        g_ptr_array_add(sites->upstream, g_strdup(scenario->upstream[i]));
}

/* Go's package main has a variable for each stub: main._cgo_34ee42b0b519_Cfunc_take. */
void sites_read_stubs(sites_t *sites, const char *program)
{
    static const char variable[] = "main._cgo_";
    const gsize skipped = strlen("main."), length = strlen("_cgo_34ee42b0b519_");
    g_autoptr(GMappedFile) file = g_mapped_file_new(program, FALSE, NULL);
    const char *at = file ? g_mapped_file_get_contents(file) : NULL;
    const char *end = at ? at + g_mapped_file_get_length(file) : NULL;
    while (at != NULL && sites->stubs == NULL) {
        at = memmem(at, (gsize)(end - at), variable, strlen(variable));
        if (at == NULL)
            return;
        at += skipped;
        g_autofree char *stub = g_strndup(at, MIN((gsize)(end - at), length));
        if (g_regex_match_simple("^_cgo_[0-9a-f]{12}_$", stub, 0, 0))
            sites->stubs = g_steal_pointer(&stub);
    }
}

/* Does PATH end with TAIL, at the border of a component? */
static bool ends_with(const char *path, const char *tail)
{
    gsize length = strlen(path), tail_length = strlen(tail);
    if (!g_str_has_suffix(path, tail))
        return false;
    return length == tail_length || path[length - tail_length - 1] == '/';
}

const char *sites_file(const sites_t *sites, const char *path)
{
    for (guint i = 0; i < sites->files->len; i++) {
        const char *file = g_ptr_array_index(sites->files, i);
        g_autofree char *tail = g_build_filename(sites->name, file, NULL);
        if (ends_with(path, tail))
            return file;
    }
    return NULL;
}
