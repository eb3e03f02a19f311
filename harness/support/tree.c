#include "support/tree.h"

#include <errno.h>
#include <fts.h>
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
