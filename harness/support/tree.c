#include "support/tree.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/failure.h"

static bool remove_entry(const FTSENT *entry, GError **error)
{
    switch (entry->fts_info) {
    case FTS_D: /* on the way down: a folder that forbids it must let us in */
        if ((entry->fts_statp->st_mode & S_IRWXU) != S_IRWXU)
            chmod(entry->fts_accpath, S_IRWXU);
        return true;
    case FTS_DNR:
    case FTS_DP:
        if (rmdir(entry->fts_accpath) == 0 || errno == ENOENT)
            return true;
        break;
    default:
        if (unlink(entry->fts_accpath) == 0 || errno == ENOENT)
            return true;
    }
    return fail_errno(error, "cannot remove %s", entry->fts_path);
}

bool tree_remove(const char *path, GError **error)
{
    char *paths[] = {(char *)path, NULL};
    FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_XDEV | FTS_NOCHDIR, NULL);
    if (!walk)
        return fail_errno(error, "cannot read %s", path);
    bool removed = true;
    for (FTSENT *entry; removed && (entry = fts_read(walk));)
        removed = remove_entry(entry, error);
    fts_close(walk);
    return removed;
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

static bool copy_file(const char *path, const char *target, GError **error)
{
    g_autofree char *contents = NULL;
    gsize length;
    return g_file_get_contents(path, &contents, &length, error) &&
           g_file_set_contents_full(target, contents, (gssize)length, G_FILE_SET_CONTENTS_NONE,
                                    0644, error);
}

bool tree_copy(const char *path, const char *target, GError **error)
{
    g_autoptr(GPtrArray) names = sorted_names(path, error);
    if (names == NULL)
        return false;
    if (g_mkdir_with_parents(target, 0755) != 0)
        return fail_errno(error, "cannot make %s", target);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *from = g_build_filename(path, name, NULL);
        g_autofree char *to = g_build_filename(target, name, NULL);
        bool folder = g_file_test(from, G_FILE_TEST_IS_DIR);
        if (!(folder ? tree_copy(from, to, error) : copy_file(from, to, error)))
            return false;
    }
    return true;
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
