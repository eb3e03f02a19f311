/*
 * Unpacking gzip in memory, within bounds.
 */
#pragma once

#include <glib.h>

/* Does it begin as gzip does? */
gboolean gzip_begins(const guint8 *bytes, gsize size);

/* Unpacks one whole gzip member, of at most LIMIT bytes, and nothing after it.
 * Free with g_byte_array_unref. */
GByteArray *gunzip(const guint8 *bytes, gsize size, gsize limit, GError **error);
