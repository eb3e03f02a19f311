#include "detect/parse/gunzip.h"

#include <zlib.h>

#include "support/failure.h"

#define GZIP_ONLY (15 + 16) /* the largest window; +16: with gzip's header and check sum */
#define CHUNK     (64u << 10)

gboolean gzip_begins(const guint8 *bytes, gsize size)
{
    return size >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

static bool inflate_all(z_stream *stream, GByteArray *unpacked, gsize limit, GError **error)
{
    int status = Z_OK;
    while (status == Z_OK) {
        if (unpacked->len > limit)
            return fail(error, EXIT_INFRASTRUCTURE, "unpacks to more than %zu MiB", limit >> 20);
        guint before = unpacked->len;
        g_byte_array_set_size(unpacked, before + CHUNK);
        stream->next_out = unpacked->data + before;
        stream->avail_out = CHUNK;
        status = inflate(stream, Z_NO_FLUSH);
        g_byte_array_set_size(unpacked, before + CHUNK - stream->avail_out);
    }
    if (status == Z_BUF_ERROR)
        return fail(error, EXIT_INFRASTRUCTURE, "the gzip data are cut short");
    if (status != Z_STREAM_END)
        return fail(error, EXIT_INFRASTRUCTURE, "the gzip data are damaged: %s",
                    stream->msg ? stream->msg : "not inflatable");
    if (unpacked->len > limit)
        return fail(error, EXIT_INFRASTRUCTURE, "unpacks to more than %zu MiB", limit >> 20);
    if (stream->avail_in > 0)
        return fail(error, EXIT_INFRASTRUCTURE, "%u bytes follow the gzip data", stream->avail_in);
    return true;
}

GByteArray *gunzip(const guint8 *bytes, gsize size, gsize limit, GError **error)
{
    if (size > limit) {
        fail(error, EXIT_INFRASTRUCTURE, "has more than %zu MiB", limit >> 20);
        return NULL;
    }
    z_stream stream = {.next_in = (guint8 *)bytes, .avail_in = (uInt)size};
    if (inflateInit2(&stream, GZIP_ONLY) != Z_OK) {
        fail(error, EXIT_INFRASTRUCTURE, "zlib cannot start");
        return NULL;
    }
    g_autoptr(GByteArray) unpacked = g_byte_array_new();
    bool whole = inflate_all(&stream, unpacked, limit, error);
    inflateEnd(&stream);
    return whole ? g_steal_pointer(&unpacked) : NULL;
}
