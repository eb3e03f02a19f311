#include "support/tree.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/failure.h"

enum {
    OPEN_FOLDERS = 16, /* descriptors that nftw may use at a time */
};

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)status, (void)type, (void)ftw;
    return remove(path);
}

bool tree_remove(const char *path, GError **error)
{
    if (nftw(path, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT)
        return fail_errno(error, "cannot remove %s", path);
    return true;
}

bool tree_move(const char *path, const char *target, GError **error)
{
    g_autofree char *above = g_path_get_dirname(target);
    if (g_mkdir_with_parents(above, 0755) != 0)
        return fail_errno(error, "cannot make %s", above);
    if (!tree_remove(target, error))
        return false;
    if (rename(path, target) != 0)
        return fail_errno(error, "cannot move %s to %s", path, target);
    return true;
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *sorted_names(const char *path, GError **error)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, error);
    if (folder == NULL)
        return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_name);
    return names;
}

static bool hash_below(const char *path, GChecksum *checksum, GError **error)
{
    g_autoptr(GPtrArray) names = sorted_names(path, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *entry = g_build_filename(path, name, NULL);
        g_checksum_update(checksum, (const guchar *)name, (gssize)strlen(name) + 1);
        if (g_file_test(entry, G_FILE_TEST_IS_DIR)) {
            if (!hash_below(entry, checksum, error))
                return false;
            continue;
        }
        g_autofree char *contents = NULL;
        gsize length;
        if (!g_file_get_contents(entry, &contents, &length, error))
            return false;
        g_checksum_update(checksum, (const guchar *)&length, sizeof length);
        g_checksum_update(checksum, (const guchar *)contents, (gssize)length);
    }
    return true;
}

char *tree_hash(const char *path, GError **error)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    if (!hash_below(path, checksum, error))
        return NULL;
    return g_strdup(g_checksum_get_string(checksum));
}
