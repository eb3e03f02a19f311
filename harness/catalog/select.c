#include "catalog/select.h"

#include <fnmatch.h>
#include <string.h>

#include "schema/words.h"
#include "support/failure.h"
#include "support/nearest.h"

void selection_init(struct selection *selection)
{
    *selection = (struct selection){
        .globs = g_ptr_array_new_with_free_func(g_free),
        .tags = g_ptr_array_new_with_free_func(g_free),
    };
}

void selection_clear(struct selection *selection)
{
    g_ptr_array_unref(selection->globs);
    g_ptr_array_unref(selection->tags);
    g_free(selection->class_name);
    *selection = (struct selection){0};
}

bool selection_add_tags(struct selection *selection, const char *list, GError **error)
{
    g_auto(GStrv) tags = g_strsplit(list, ",", -1);
    for (char **tag = tags; *tag != NULL; tag++) {
        g_strstrip(*tag);
        if (**tag == '\0' || strcmp(*tag, "!") == 0)
            return fail(error, EXIT_USAGE, "'%s' is no list of tags: write them as in 'lost,!slow'",
                        list);
        g_ptr_array_add(selection->tags, g_strdup(*tag));
    }
    if (*tags == NULL)
        return fail(error, EXIT_USAGE, "an empty list of tags: write it as in 'lost,!slow'");
    return true;
}

bool selection_set_shard(struct selection *selection, const char *text, GError **error)
{
    guint64 shard = 0, shards = 0;
    g_auto(GStrv) parts = g_strsplit(text, "/", -1);
    if (g_strv_length(parts) != 2 ||
        !g_ascii_string_to_unsigned(parts[0], 10, 1, G_MAXUINT, &shard, NULL) ||
        !g_ascii_string_to_unsigned(parts[1], 10, 1, G_MAXUINT, &shards, NULL) || shard > shards)
        return fail(error, EXIT_USAGE, "'%s' is no shard: write I/N with 1 <= I <= N, as in 1/4",
                    text);
    selection->shard = (guint)shard;
    selection->shards = (guint)shards;
    return true;
}

static bool matches_class(const char *pattern, const char *id)
{
    char class_name[64];
    g_strlcpy(class_name, id, MIN(sizeof class_name, strcspn(id, "/") + 1));
    return fnmatch(pattern, class_name, 0) == 0;
}

static bool glob_matches(const char *glob, const char *id)
{
    return strchr(glob, '/') ? fnmatch(glob, id, 0) == 0 : matches_class(glob, id);
}

static bool any_glob_matches(const GPtrArray *globs, const char *id)
{
    for (guint i = 0; i < globs->len; i++)
        if (glob_matches(g_ptr_array_index(globs, i), id))
            return true;
    return globs->len == 0;
}

static bool is_class(const char *word, const char *id)
{
    gsize length = strlen(word);
    return strncmp(id, word, length) == 0 && id[length] == '/';
}

static bool has_tag(const Yard__Scenario *scenario, const char *tag)
{
    for (size_t i = 0; i < scenario->n_tag; i++)
        if (strcmp(scenario->tag[i], tag) == 0)
            return true;
    return is_class(tag, scenario->id) ||
           strcmp(tag, word_lower(&yard__language__descriptor, scenario->language)) == 0 ||
           strcmp(tag, word_lower(&yard__kind__descriptor, scenario->kind)) == 0 ||
           strcmp(tag, word_lower(&yard__resource__descriptor, scenario->resource)) == 0;
}

static bool tags_allow(const GPtrArray *tags, const Yard__Scenario *scenario)
{
    for (guint i = 0; i < tags->len; i++) {
        const char *tag = g_ptr_array_index(tags, i);
        bool wanted = *tag != '!';
        if (has_tag(scenario, wanted ? tag : tag + 1) != wanted)
            return false;
    }
    return true;
}

/* A hash of the name, the same on every machine: adding a scenario moves no other. */
static guint64 stable_hash(const char *id)
{
    guint8 digest[32];
    gsize length = sizeof digest;
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)id, -1);
    g_checksum_get_digest(checksum, digest, &length);
    guint64 hash = 0;
    for (gsize i = 0; i < sizeof hash; i++)
        hash = hash << 8 | digest[i];
    return hash;
}

static bool in_shard(const struct selection *selection, const char *id)
{
    return selection->shards == 0 || stable_hash(id) % selection->shards == selection->shard - 1;
}

bool selection_has_variant(const struct selection *selection, Yard__Variant variant)
{
    return selection->variants == 0 || (selection->variants & 1u << variant) != 0;
}

static bool has_wanted_variant(const struct selection *selection, const Yard__Scenario *scenario)
{
    Yard__Variant variants[2];
    gsize count = scenario_variants(scenario, variants);
    for (gsize i = 0; i < count; i++)
        if (selection_has_variant(selection, variants[i]))
            return true;
    return false;
}

bool selection_has(const struct selection *selection, const Yard__Scenario *scenario)
{
    return any_glob_matches(selection->globs, scenario->id) &&
           (selection->class_name == NULL || is_class(selection->class_name, scenario->id)) &&
           (selection->languages == 0 || (selection->languages & 1u << scenario->language) != 0) &&
           has_wanted_variant(selection, scenario) && tags_allow(selection->tags, scenario) &&
           in_shard(selection, scenario->id);
}

static bool glob_matches_any(const char *glob, const Yard__Catalog *catalog)
{
    for (size_t i = 0; i < catalog->n_scenario; i++)
        if (glob_matches(glob, catalog->scenario[i]->id))
            return true;
    return false;
}

/* A word without a slash was meant for a class, else for an id. */
static bool fail_unmatched(const char *glob, const Yard__Catalog *catalog, GError **error)
{
    g_autoptr(GPtrArray) words = leak_class_names();
    for (size_t i = 0; strchr(glob, '/') != NULL && i < catalog->n_scenario; i++)
        g_ptr_array_add(words, catalog->scenario[i]->id);
    g_autofree char *near = nearest_words(glob, (const char *const *)words->pdata, words->len);
    return fail(error, EXIT_NOTHING_SELECTED,
                "no scenario matches '%s'%s ('leakyard list' shows what there is)", glob, near);
}

static bool check_class(const struct selection *selection, GError **error)
{
    g_autoptr(GPtrArray) names = leak_class_names();
    if (selection->class_name == NULL ||
        g_ptr_array_find_with_equal_func(names, selection->class_name, g_str_equal, NULL))
        return true;
    g_ptr_array_add(names, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)names->pdata);
    return fail(error, EXIT_USAGE, "'%s' is none of the classes: %s", selection->class_name, list);
}

/* Every glob must be good for something, or it is a slip of the pen. */
static bool check_globs(const struct selection *selection, const catalog_t *catalog, GError **error)
{
    for (guint i = 0; i < selection->globs->len; i++) {
        const char *glob = g_ptr_array_index(selection->globs, i);
        if (catalog_scenario(catalog, glob) == NULL && !glob_matches_any(glob, catalog->message))
            return fail_unmatched(glob, catalog->message, error);
    }
    return true;
}

GPtrArray *selection_apply(const struct selection *selection, const catalog_t *catalog,
                           GError **error)
{
    if (!check_class(selection, error) || !check_globs(selection, catalog, error))
        return NULL;
    g_autoptr(GPtrArray) selected = g_ptr_array_new();
    for (size_t i = 0; i < catalog->message->n_scenario; i++)
        if (selection_has(selection, catalog->message->scenario[i]))
            g_ptr_array_add(selected, catalog->message->scenario[i]);
    if (selected->len == 0) {
        fail(error, EXIT_NOTHING_SELECTED,
             "no scenario is selected ('leakyard list' without options shows what there is)");
        return NULL;
    }
    return g_steal_pointer(&selected);
}
