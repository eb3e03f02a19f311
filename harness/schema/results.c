#include "schema/results.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/failure.h"

/* Field 1, length-delimited: how each record of a Yard__Results begins. */
#define RECORD_TAG     0x0a
#define LONGEST_VARINT 10

enum step {
    STEP_RECORD,
    STEP_CUT,     /* begins like a record, and ends too early */
    STEP_FOREIGN, /* no record of ours */
};

/* Reads a varint at *OFFSET and moves past it. */
static enum step read_varint(const guint8 *bytes, gsize length, gsize *offset, guint64 *value)
{
    *value = 0;
    for (guint i = 0; i < LONGEST_VARINT; i++) {
        if (*offset == length)
            return STEP_CUT;
        guint8 byte = bytes[(*offset)++];
        *value |= (guint64)(byte & 0x7f) << (7 * i);
        if ((byte & 0x80) == 0)
            return STEP_RECORD;
    }
    return STEP_FOREIGN;
}

/* Could SIZE bytes that begin here be a Yard__Record? A file that is none of ours
 * may well begin with a record's tag (a line feed), and must not be cut for it. */
static bool looks_like_record(const guint8 *bytes, gsize length, gsize offset, guint64 size)
{
    if (size == 0 || offset == length)
        return true;
    gsize start = offset;
    guint8 tag = bytes[offset++];
    if (tag != 0x0a && tag != 0x12 && tag != 0x1a)
        return false;
    guint64 inner;
    enum step step = read_varint(bytes, length, &offset, &inner);
    gsize used = offset - start;
    return step == STEP_CUT || (step == STEP_RECORD && used <= size && inner <= size - used);
}

/* The record at OFFSET (before the end): where its bytes are, and where it ends. */
static enum step next_record(const guint8 *bytes, gsize length, gsize offset, gsize *start,
                             gsize *end)
{
    guint64 size;
    if (bytes[offset++] != RECORD_TAG)
        return STEP_FOREIGN;
    enum step step = read_varint(bytes, length, &offset, &size);
    if (step != STEP_RECORD)
        return step;
    if (!looks_like_record(bytes, length, offset, size))
        return STEP_FOREIGN;
    if (size > length - offset)
        return STEP_CUT;
    *start = offset;
    *end = offset + size;
    return STEP_RECORD;
}

static bool fail_foreign(GError **error, const char *path, gsize offset)
{
    return fail(error, EXIT_USAGE,
                "%s: not a results file: no record at offset %" G_GSIZE_FORMAT
                "; name one that 'leakyard run' wrote",
                path, offset);
}

/* Finds where the last finished record of a file ends. */
static bool find_end(const char *path, GMappedFile *file, gsize *end, GError **error)
{
    const guint8 *bytes = (const guint8 *)g_mapped_file_get_contents(file);
    gsize length = g_mapped_file_get_length(file);
    *end = 0;
    while (*end < length) {
        gsize start, next;
        enum step step = next_record(bytes, length, *end, &start, &next);
        if (step == STEP_FOREIGN)
            return fail_foreign(error, path, *end);
        if (step == STEP_CUT)
            return true;
        *end = next;
    }
    return true;
}

static bool remove_cut_tail(int descriptor, const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GMappedFile) file = g_mapped_file_new_from_fd(descriptor, false, &cause);
    if (file == NULL)
        return fail(error, EXIT_INFRASTRUCTURE, "%s: cannot read: %s", path, cause->message);
    gsize end;
    if (!find_end(path, file, &end, error))
        return false;
    if (end == g_mapped_file_get_length(file))
        return true;
    if (ftruncate(descriptor, (off_t)end) != 0)
        return fail_errno(error, "%s: cannot remove the unfinished record at its end", path);
    return true;
}

/* Only a regular file can be looked at: a pipe or device just takes records. */
static bool is_regular(int descriptor)
{
    struct stat status;
    return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

int results_open(const char *path, bool truncate, GError **error)
{
    int flags = O_CREAT | O_APPEND | O_CLOEXEC | (truncate ? O_WRONLY | O_TRUNC : O_RDWR);
    int descriptor = open(path, flags, 0666);
    if (descriptor < 0) {
        fail_errno(error, "%s: cannot open for results", path);
        return -1;
    }
    if (!truncate && is_regular(descriptor) && !remove_cut_tail(descriptor, path, error)) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

bool results_append(int descriptor, const Yard__Record *record, GError **error)
{
    Yard__Results results = YARD__RESULTS__INIT;
    results.n_record = 1;
    results.record = (Yard__Record *[]){(Yard__Record *)record};
    gsize size = yard__results__get_packed_size(&results);
    g_autofree guint8 *bytes = g_malloc(size);
    yard__results__pack(&results, bytes);
    gssize written;
    do
        written = write(descriptor, bytes, size);
    while (written < 0 && errno == EINTR);
    if (written < 0)
        return fail_errno(error, "cannot append to the results file");
    if ((gsize)written < size)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "the results file took only %" G_GSSIZE_FORMAT " of %" G_GSIZE_FORMAT
                    " bytes: is the disk full?",
                    written, size);
    return true;
}

static void record_free(gpointer record)
{
    yard__record__free_unpacked(record, NULL);
}

static bool read_file(struct results *results, const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, false, &cause);
    if (file == NULL)
        return fail(error, EXIT_USAGE, "cannot read results: %s", cause->message);
    const guint8 *bytes = (const guint8 *)g_mapped_file_get_contents(file);
    gsize length = g_mapped_file_get_length(file);
    for (gsize offset = 0, start, end; offset < length; offset = end) {
        enum step step = next_record(bytes, length, offset, &start, &end);
        if (step == STEP_CUT) {
            results->cut_tails++;
            return true;
        }
        Yard__Record *record = NULL;
        if (step == STEP_RECORD)
            record = yard__record__unpack(NULL, end - start, bytes + start);
        if (record == NULL)
            return fail_foreign(error, path, offset);
        g_ptr_array_add(results->records, record);
    }
    return true;
}

struct results *results_read(char *const *paths, gsize count, GError **error)
{
    g_autoptr(results_t) results = g_new0(struct results, 1);
    results->records = g_ptr_array_new_with_free_func(record_free);
    for (gsize i = 0; i < count; i++)
        if (!read_file(results, paths[i], error))
            return NULL;
    return g_steal_pointer(&results);
}

void results_free(struct results *results)
{
    if (results == NULL)
        return;
    g_ptr_array_unref(results->records);
    g_free(results);
}
